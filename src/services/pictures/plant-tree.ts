import { familyOf, type Family } from './family-of.ts';
import type { Version } from './version-tree.ts';

/** A line of the tree, top to bottom: a version, or how many are left out in its place. */
export interface Branch {
  version: Version | undefined;
  /** Versions that this line stands for; 0 on the line of a version. */
  hidden: number;
  /** Index of the line that it hangs from; undefined for a root. */
  parent: number | undefined;
  /** The last that hangs from its parent. */
  isLast: boolean;
}

/**
 * At most `limit` versions (at least one) as lines. The version that was asked for is always among them, then what it
 * was made from, what was made from it, and the rest from the roots on. What is left out is counted where it would be.
 */
export function plantTree(versions: readonly Version[], limit: number): Branch[] {
  const family = familyOf(versions);
  const kept = choose(versions, family, Math.max(1, limit));
  const hidden = countHidden(family, kept);

  const branches: Branch[] = [];
  const work: Branch[] = [];
  /** Lays the lines of one parent on the pile, the first on top. */
  const pile = (parent: number | undefined, lines: Pick<Branch, 'version' | 'hidden'>[]): void => {
    const laid = lines.map((line, index) => ({ ...line, parent, isLast: index === lines.length - 1 }));
    work.push(...laid.toReversed());
  };
  const leftOut = (count: number | undefined): Pick<Branch, 'version' | 'hidden'>[] =>
    count === undefined ? [] : [{ version: undefined, hidden: count }];
  const shown = (of: readonly Version[]): Pick<Branch, 'version' | 'hidden'>[] =>
    of.filter((version) => kept.has(version)).map((version) => ({ version, hidden: 0 }));

  // A long line of descent may be cut above: then its end hangs from the line that counts what is missing.
  const orphans = [...kept].filter((version) => {
    const parent = family.parentOf(version);
    return parent !== undefined && !kept.has(parent);
  });
  const roots = shown(family.roots);
  pile(undefined, [...roots, ...leftOut(hidden.get(undefined))]);
  for (let branch = work.pop(); branch !== undefined; branch = work.pop()) {
    const place = branches.push(branch) - 1;
    const { version } = branch;
    if (version === undefined) {
      if (branch.parent === undefined) pile(place, shown(orphans));
    } else pile(place, [...shown(family.childrenOf(version)), ...leftOut(hidden.get(version))]);
  }
  return branches;
}

function choose(versions: readonly Version[], family: Family, limit: number): Set<Version> {
  const kept = new Set<Version>();
  const keep = (version: Version): void => {
    if (kept.size < limit) kept.add(version);
  };
  const here = placed(versions, family);
  for (let next = here; next !== undefined && kept.size < limit; next = family.parentOf(next)) keep(next);
  if (here !== undefined) family.childrenOf(here).forEach(keep);
  let level: readonly Version[] = family.roots;
  while (level.length > 0 && kept.size < limit) {
    level.forEach(keep);
    level = level.filter((version) => kept.has(version)).flatMap((version) => family.childrenOf(version));
  }
  return kept;
}

/** The version that was asked for, unless it is only the second with its id, which has no place. */
function placed(versions: readonly Version[], family: Family): Version | undefined {
  const here = versions.find(({ isHere }) => isHere);
  if (here === undefined) return undefined;
  const parent = family.parentOf(here);
  return (parent === undefined ? family.roots : family.childrenOf(parent)).includes(here) ? here : undefined;
}

/** How many are left out, by the nearest kept version above them; undefined for those without one. */
function countHidden(family: Family, kept: ReadonlySet<Version>): Map<Version | undefined, number> {
  const counts = new Map<Version | undefined, number>();
  const work = family.roots.map((version) => ({ version, above: undefined as Version | undefined }));
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { version, above } = next;
    const isKept = kept.has(version);
    if (!isKept) counts.set(above, (counts.get(above) ?? 0) + 1);
    for (const child of family.childrenOf(version))
      work.push({ version: child, above: isKept ? version : above });
  }
  return counts;
}
