import type { Version } from './version-tree.ts';

export interface Family {
  /** Oldest first. */
  roots: Version[];
  /** Of every version, oldest first. */
  childrenOf(version: Version): readonly Version[];
  parentOf(version: Version): Version | undefined;
}

/**
 * Who comes from whom, with every version in exactly one place: the first of several with one id counts, a version
 * without a parent that is there is a root, and a circle begins at its oldest.
 */
export function familyOf(versions: readonly Version[]): Family {
  const byId = new Map<string, Version>();
  for (const version of versions) if (!byId.has(version.id)) byId.set(version.id, version);
  const sorted = [...byId.values()].toSorted(olderFirst);
  const parents = new Map<Version, Version>();
  for (const version of sorted) {
    const parent = version.parentId === null ? undefined : byId.get(version.parentId);
    if (parent !== undefined) parents.set(version, parent);
  }
  for (const root of ringLeaders(sorted, parents)) parents.delete(root);

  const children = new Map<Version, Version[]>();
  for (const version of sorted) {
    const parent = parents.get(version);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [version]);
    else siblings.push(version);
  }
  return {
    roots: sorted.filter((version) => !parents.has(version)),
    childrenOf: (version) => children.get(version) ?? [],
    parentOf: (version) => parents.get(version),
  };
}

/** The oldest of every circle. Each version is walked over once. */
function ringLeaders(versions: readonly Version[], parents: ReadonlyMap<Version, Version>): Version[] {
  const leaders: Version[] = [];
  const seen = new Set<Version>();
  for (const start of versions) {
    const walk = new Set<Version>();
    let next: Version | undefined = start;
    while (next !== undefined && !seen.has(next)) {
      seen.add(next);
      walk.add(next);
      next = parents.get(next);
    }
    // The walk bit its own tail: from there on it is a circle.
    if (next === undefined || !walk.has(next)) continue;
    const [...steps] = walk;
    const [oldest] = steps.slice(steps.indexOf(next)).toSorted(olderFirst);
    if (oldest !== undefined) leaders.push(oldest);
  }
  return leaders;
}

function olderFirst(a: Version, b: Version): number {
  return time(a) - time(b) || (a.id < b.id ? -1 : 1);
}

/** What is no time counts as the oldest, so that there is an order. */
function time({ at }: Version): number {
  return Number.isFinite(at) ? at : Number.MIN_SAFE_INTEGER;
}
