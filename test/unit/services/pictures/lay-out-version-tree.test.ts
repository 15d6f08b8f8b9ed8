import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutVersionTree } from '../../../../src/services/pictures/lay-out-version-tree.ts';
import { look } from '../../../../src/services/pictures/look.ts';
import { ruler } from '../../../../src/services/pictures/paint.ts';
import type { Picture } from '../../../../src/services/pictures/scene.ts';
import { treePicture } from '../../../../src/services/pictures/tree-picture.ts';
import type { Version } from '../../../../src/services/pictures/version-tree.ts';
import { areaOf, overlap, within, type Area } from './areas.ts';
import { anyVersions, rainTree, version, words } from './tree-samples.ts';

const lay = (versions: readonly Version[]): Picture =>
  layOutVersionTree(treePicture(versions, words, 60), ruler);

/** Everything that may not touch another: art and words. */
const thingsOf = ({ shapes }: Picture): [string, Area][] =>
  shapes.flatMap((shape): [string, Area][] => {
    if (shape.is === 'art')
      return [['art', { x: shape.x, y: shape.y, width: shape.side, height: shape.side }]];
    return shape.is === 'text' && shape.text !== '' ? [[shape.text, areaOf(shape)]] : [];
  });

function problemsOf(picture: Picture): string[] {
  const inside: Area = { x: 20, y: 10, width: picture.width - 40, height: picture.height - 20 };
  const things = thingsOf(picture);
  const points = picture.shapes.flatMap((shape) => (shape.is === 'line' ? shape.points : []));
  return [
    ...things.filter(([, area]) => !within(area, inside)).map(([what]) => `${what} runs off`),
    ...things.flatMap(([what, area], index) =>
      things
        .slice(index + 1)
        .filter(([, other]) => overlap(area, other))
        .map(([other]) => `${what} overlaps ${other}`),
    ),
    ...points
      .filter((point) => !within({ ...point, width: 0, height: 0 }, inside))
      .map((point) => `a line runs off: ${JSON.stringify(point)}`),
  ];
}

const rows = (picture: Picture): number => picture.shapes.filter(({ is }) => is === 'art').length;

describe('the picture of a tree', () => {
  it('keeps everything in its place, whatever it is told', () => {
    fc.assert(
      fc.property(anyVersions, (versions) => {
        const picture = lay(versions);
        expect(problemsOf(picture)).toEqual([]);
        expect(rows(picture)).toBe(Math.min(60, new Set(versions.map(({ id }) => id)).size));
      }),
      { numRuns: 20 },
    );
  });

  it('is the same for the same tree', () => {
    expect(lay(rainTree)).toEqual(lay(structuredClone(rainTree)));
  });

  it('joins every version to what it was made from', () => {
    const picture = lay(rainTree);
    const arts = picture.shapes.filter((shape) => shape.is === 'art');
    const lines = picture.shapes.filter((shape) => shape.is === 'line');
    const touches = (art: (typeof arts)[number], { x, y }: { x: number; y: number }): boolean =>
      x >= art.x && x <= art.x + art.side && y >= art.y && y <= art.y + art.side;
    const joined = lines.map(({ points }) =>
      [points[0]!, points.at(-1)!].map((point) => arts.findIndex((art) => touches(art, point)) + 1),
    );
    expect(joined).toEqual([
      [1, 2],
      [2, 3],
      [2, 4],
      [1, 5],
    ]);
  });

  it('keeps a long line of descent in one column', () => {
    const chain = Array.from({ length: 40 }, (_, n) => version(`${n + 1}`, n === 0 ? null : `${n}`));
    const columns = new Set(lay(chain).shapes.flatMap((shape) => (shape.is === 'art' ? [shape.x] : [])));
    expect(columns.size).toBe(1);
  });

  it('stays readable at sixty forks within each other', () => {
    const deep = Array.from({ length: 60 }, (_, n) => [
      version(`${2 * n + 2}`, n === 0 ? null : `${2 * n}`, { isHere: n === 59 }),
      version(`${2 * n + 3}`, `${2 * n + 2}`),
    ]).flat();
    expect(problemsOf(lay(deep))).toEqual([]);
  });

  it('marks the version that was asked for, and no other', () => {
    const here = (versions: readonly Version[]): number =>
      lay(versions).shapes.filter((shape) => shape.is === 'box' && shape.fill === look.state.done).length;
    expect(here(rainTree)).toBe(1);
    expect(here(rainTree.map((row) => ({ ...row, isHere: false })))).toBe(0);
  });

  it('counts what it leaves out', () => {
    const wide = Array.from({ length: 71 }, (_, n) => version(`${n + 2}`, '1'));
    const texts = thingsOf(lay([version('1', null), ...wide])).map(([what]) => what);
    expect(texts).toContain('+12 more');
  });

  it('is a small empty card for no versions', () => {
    expect(lay([]).height).toBeLessThan(120);
  });
});
