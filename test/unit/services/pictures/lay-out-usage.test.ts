import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutUsage } from '../../../../src/services/pictures/lay-out-usage.ts';
import { look } from '../../../../src/services/pictures/look.ts';
import { ruler } from '../../../../src/services/pictures/paint.ts';
import type { Box, Shape, Text } from '../../../../src/services/pictures/scene.ts';
import type { Usage } from '../../../../src/services/pictures/usage.ts';
import { areaOf, overlap, within } from './areas.ts';
import { anyUsage, empty, full, typical } from './usage-samples.ts';

const lay = (usage: Partial<Usage>): Shape[] => [...layOutUsage({ ...empty, ...usage }, ruler).shapes];
const textsOf = (shapes: readonly Shape[]): Text[] => shapes.filter((shape) => shape.is === 'text');
const boxesOf = (shapes: readonly Shape[]): Box[] => shapes.filter((shape) => shape.is === 'box');
const wordsOf = (shapes: readonly Shape[]): string[] => textsOf(shapes).map(({ text }) => text);

function problemsOf(shapes: readonly Shape[]): string[] {
  const margin = 20;
  const inside = {
    x: margin,
    y: margin,
    width: look.card.width - 2 * margin,
    height: look.card.height - 2 * margin,
  };
  const panels = boxesOf(shapes).filter(({ fill }) => fill === look.colour.panel);
  const texts = textsOf(shapes).filter(({ text }) => text !== '');
  return [
    ...texts.flatMap((text, index) =>
      texts
        .slice(index + 1)
        .filter((other) => overlap(areaOf(text), areaOf(other)))
        .map((other) => `"${text.text}" overlaps "${other.text}"`),
    ),
    ...texts.filter((text) => !within(areaOf(text), inside)).map(({ text }) => `"${text}" runs off the card`),
    ...texts
      .filter((text) => panels.some((panel) => overlap(areaOf(text), panel) && !within(areaOf(text), panel)))
      .map(({ text }) => `"${text}" crosses the edge of a panel`),
    ...boxesOf(shapes)
      .filter(
        (box) => Object.values(box).some((value) => Number.isNaN(value)) || box.width < 0 || box.height < 0,
      )
      .map((box) => `no box: ${JSON.stringify(box)}`),
    ...boxesOf(shapes)
      .filter((box) => !within(box, { x: 0, y: 0, ...look.card }))
      .map((box) => `off the card: ${JSON.stringify(box)}`),
  ];
}

describe('the layout', () => {
  it.each(Object.entries({ empty, typical, full }))(
    'keeps every text of the %s chart in its place',
    (_, usage) => {
      expect(problemsOf(lay(usage))).toEqual([]);
    },
  );

  it('keeps every text in its place, whatever it is told', () => {
    fc.assert(
      fc.property(anyUsage, (usage) => {
        expect(problemsOf(lay(usage))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps long day labels in their panel', () => {
    const days = Array.from({ length: 31 }, (_, day) => ({
      label: `Wednesday ${day + 1} November`,
      perAction: {},
    }));
    expect(problemsOf(lay({ days }))).toEqual([]);
  });

  it('says how much of the allowance is used, reserved and left', () => {
    const words = wordsOf(lay({ used: 73, reserved: 6, allowance: 100 }));
    expect(words).toEqual(expect.arrayContaining(['73', 'of 100 credits', '6 reserved', '21 left', '80 %']));
  });

  it('says by how much the allowance is exceeded, and marks its end', () => {
    const words = wordsOf(lay({ used: 128, reserved: 4, allowance: 100 }));
    expect(words).toEqual(
      expect.arrayContaining(['128', 'of 100 credits', '4 reserved', '32 over', '100 %']),
    );
    expect(words).not.toContain('80 %');
  });

  it('writes a million in full and rounds what has no room', () => {
    const words = wordsOf(lay({ used: 1_000_000, allowance: 50_000_000 }));
    expect(words).toEqual(expect.arrayContaining(['1,000,000', 'of 50M credits']));
  });

  it('turns the bar from calm to warning to exceeded', () => {
    const fillOf = (used: number): string[] => boxesOf(lay({ used, allowance: 100 })).map(({ fill }) => fill);
    expect(fillOf(79)).toContain(look.colour.used);
    expect(fillOf(80)).toContain(look.colour.warning);
    expect(fillOf(100)).toContain(look.colour.warning);
    expect(fillOf(101)).toContain(look.colour.over);
  });

  it('draws each day as high as its credits', () => {
    const shapes = lay({
      days: [
        { label: '1 Nov', perAction: { Song: 10 } },
        { label: '2 Nov', perAction: { Song: 5 } },
      ],
      actions: [{ label: 'Song', used: 15 }],
    });
    const [high, low] = boxesOf(shapes).filter(({ fill, radius }) => fill === look.series[0] && radius === 0);
    expect(high!.height / low!.height).toBeCloseTo(2, 1);
    expect(high!.y + high!.height).toBeCloseTo(low!.y + low!.height);
  });

  it('gives seven actions a colour of their own and the others a common one', () => {
    const shapes = lay(full);
    const fills = new Set(boxesOf(shapes).map(({ fill }) => fill));
    expect([...look.series].filter((fill) => !fills.has(fill))).toEqual([]);
    expect(wordsOf(shapes)).toContain('Other');
  });

  it('puts an action without a total with the others', () => {
    const shapes = lay({ days: [{ label: '1 Nov', perAction: { Secret: 3 } }] });
    expect(wordsOf(shapes)).toEqual(expect.arrayContaining(['Other']));
  });

  it('labels every day of a week, and of 31 days as many as fit, evenly', () => {
    const labels = (count: number): string[] =>
      wordsOf(
        lay({
          days: Array.from({ length: count }, (_, day) => ({ label: `${day + 1} Nov`, perAction: {} })),
        }),
      ).filter((text) => /^\d+ Nov$/.test(text));
    expect(labels(7)).toHaveLength(7);
    const few = labels(31).map((label) => Number.parseInt(label, 10));
    expect(few.length).toBeGreaterThan(5);
    expect(new Set(few.slice(1).map((day, index) => day - few[index]!)).size).toBe(1);
  });

  it('cuts a long name between its characters', () => {
    const [name] = wordsOf(lay({ members: [{ name: '👨‍👩‍👧‍👦'.repeat(40), used: 1 }] })).filter((text) =>
      text.includes('👨'),
    );
    expect(name).toMatch(/^(👨‍👩‍👧‍👦)+…$/u);
  });

  it('names the actions of the catalogue in full', () => {
    const labels = ['Generate music (Producer)', 'Stem separation (Producer)', 'Extract all stems (Suno)'];
    const words = wordsOf(lay({ actions: labels.map((label) => ({ label, used: 100 })) }));
    expect(words).toEqual(expect.arrayContaining(labels));
  });

  it('gives few members more room than many', () => {
    const gapOf = (count: number): number => {
      const members = Array.from({ length: count }, (_, n) => ({ name: `Member ${n}`, used: 1 }));
      const [first, second] = textsOf(lay({ members })).filter(({ text }) => text.startsWith('Member'));
      return second!.y - first!.y;
    };
    expect(gapOf(2)).toBeGreaterThan(gapOf(9));
  });

  it('says so when nothing is used yet, and measures nothing', () => {
    const words = wordsOf(lay({}));
    expect(words.filter((text) => text === 'Nothing used yet')).toHaveLength(2);
    expect(words).not.toContain('1');
  });
});
