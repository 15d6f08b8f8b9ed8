/** Who used the credits: a row each, name and figure above a thin bar. */
import { chartWords } from './chart-words.ts';
import { drawable } from './drawable.ts';
import { formatCredits } from './format-credits.ts';
import { look } from './look.ts';
import { placeText } from './place-text.ts';
import type { Box, Ruler, Shape } from './scene.ts';
import type { Usage } from './usage.ts';

const { colour, font, panel } = look;
const named = 8;
/** Of nine rows, and of few, which would look lost in their panel. */
const pitch = { least: 45, most: 58 };
const barHeight = { least: 8, most: 10 };

export function layOutMembers(usage: Usage, ruler: Ruler, area: Pick<Box, 'x' | 'width'>): Shape[] {
  const x = area.x + panel.padding;
  const width = area.width - 2 * panel.padding;
  const rows = usage.members.slice(0, named + 1);
  const share = Math.min(1, (named + 1 - rows.length) / 3);
  const pitchNow = pitch.least + (pitch.most - pitch.least) * share;
  const barNow = barHeight.least + (barHeight.most - barHeight.least) * share;
  const most = Math.max(...rows.map(({ used }) => drawable(used)), 1);
  const heading = placeText(ruler, chartWords.perMember, {
    x,
    y: panel.top + 36,
    font: font.heading,
    fill: colour.text,
    within: width,
  });
  if (rows.length === 0) {
    const y = panel.top + 76;
    const empty = placeText(ruler, chartWords.nothingYet, {
      x,
      y,
      font: font.body,
      fill: colour.quiet,
      within: width,
    });
    return [heading, empty];
  }
  return [
    heading,
    ...rows.flatMap(({ name, used }, index): Shape[] => {
      const y = panel.top + 76 + index * pitchNow;
      const figure = placeText(ruler, formatCredits(used), {
        x: x + width,
        y,
        font: font.body,
        fill: colour.text,
        align: 'right',
        within: width,
      });
      const label = placeText(ruler, ruler.printable(name) || '–', {
        x,
        y,
        font: font.body,
        fill: colour.text,
        within: figure.x - x - 16,
      });
      const bar = (width: number, fill: string): Box => ({
        is: 'box',
        x,
        y: y + 9,
        width,
        height: barNow,
        radius: barNow / 2,
        fill,
      });
      const length = (drawable(used) / most) * width;
      return [
        label,
        figure,
        bar(width, colour.track),
        ...(length > 0 ? [bar(Math.max(barNow, length), index < named ? colour.used : colour.others)] : []),
      ];
    }),
  ];
}
