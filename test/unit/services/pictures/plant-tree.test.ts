import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plantTree, type Branch } from '../../../../src/services/pictures/plant-tree.ts';
import type { Version } from '../../../../src/services/pictures/version-tree.ts';
import { anyVersions, rainTree, version } from './tree-samples.ts';

const idsOf = (branches: readonly Branch[]): string[] =>
  branches.map((branch) => branch.version?.id ?? `+${branch.hidden}`);
const parentOf = (branches: readonly Branch[], id: string): string | undefined => {
  const parent = branches.find((branch) => branch.version?.id === id)?.parent;
  return parent === undefined ? undefined : idsOf(branches)[parent];
};

describe('a tree of versions', () => {
  it('puts each below what it was made from, the older first', () => {
    const branches = plantTree(rainTree.toReversed(), 60);
    expect(idsOf(branches)).toEqual(['1', '2', '3', '4', '5']);
    expect(branches.map(({ parent }) => parent)).toEqual([undefined, 0, 1, 1, 0]);
    expect(branches.map(({ isLast }) => isLast)).toEqual([true, false, false, true, true]);
  });

  it('gives every version one place, whatever the rows say', () => {
    fc.assert(
      fc.property(anyVersions, fc.integer({ min: 1, max: 100 }), (versions, limit) => {
        const branches = plantTree(versions, limit);
        const ids = new Set(versions.map(({ id }) => id));
        const shown = branches.flatMap((branch) => branch.version?.id ?? []);
        expect(new Set(shown).size).toBe(shown.length);
        expect(shown.length).toBe(Math.min(limit, ids.size));
        expect(branches.reduce((sum, { hidden }) => sum + hidden, 0)).toBe(ids.size - shown.length);
        branches.forEach(({ parent }, index) => {
          if (parent !== undefined) expect(parent).toBeLessThan(index);
        });
        // One last child for each parent that has any.
        const parents = new Set(branches.map(({ parent }) => parent));
        expect(branches.filter(({ isLast }) => isLast).length).toBe(parents.size);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the rows', () => {
    const unique = anyVersions.map((versions) => [...new Map(versions.map((v) => [v.id, v])).values()]);
    fc.assert(
      fc.property(unique, (versions) => {
        const once = versions.map((v, index) => ({ ...v, isHere: index === 0 }));
        expect(idsOf(plantTree(once.toReversed(), 20))).toEqual(idsOf(plantTree(once, 20)));
      }),
    );
  });

  it('takes one without its parent, and its own parent, for a root', () => {
    const branches = plantTree([version('1', 'gone'), version('2', '2'), version('3', '2')], 60);
    expect(idsOf(branches)).toEqual(['1', '2', '3']);
    expect([1, 2, 3].map((id) => parentOf(branches, String(id)))).toEqual([undefined, undefined, '2']);
  });

  it('begins a circle at its oldest', () => {
    const branches = plantTree(
      [version('4', '2'), version('2', '3'), version('3', '4'), version('1', '3')],
      60,
    );
    expect(parentOf(branches, '2')).toBeUndefined();
    expect(parentOf(branches, '4')).toBe('2');
    expect(parentOf(branches, '3')).toBe('4');
    expect(parentOf(branches, '1')).toBe('3');
  });

  it('keeps the version that was asked for, with what led to it and came of it', () => {
    const wide = Array.from({ length: 200 }, (_, n) => version(`${n + 10}`, '1'));
    const asked = [
      version('1000', '150'),
      version('1001', '1000', { isHere: true }),
      version('1002', '1001'),
    ];
    const branches = plantTree([version('1', null), ...wide, ...asked], 10);
    expect(idsOf(branches)).toEqual(expect.arrayContaining(['1', '150', '1000', '1001', '1002']));
    expect(idsOf(branches).at(-1)).toBe('+194');
  });

  it('cuts a line of descent above that is longer than the limit', () => {
    const chain = Array.from({ length: 50 }, (_, n) =>
      version(`${n + 1}`, n === 0 ? null : `${n}`, { isHere: n === 49 }),
    );
    const branches = plantTree(chain, 3);
    expect(idsOf(branches)).toEqual(['+47', '48', '49', '50']);
    expect(parentOf(branches, '48')).toBe('+47');
  });

  it('is done with 100,000 versions in a moment, also when they hang in one long circle', () => {
    const many = Array.from({ length: 100_000 }, (_, n): Version =>
      version(`${n}`, `${(n + 99_999) % 100_000}`, { isHere: n === 70_000 }),
    );
    expect(plantTree(many, 60).length).toBe(62);
  });
});
