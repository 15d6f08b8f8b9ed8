import { layOutDays } from './lay-out-days.ts';
import { layOutHeader } from './lay-out-header.ts';
import { layOutMembers } from './lay-out-members.ts';
import { look } from './look.ts';
import type { Box, Ruler, Shape } from './scene.ts';
import type { Usage } from './usage.ts';

/** Where the two panels part. */
const daysEnd = 640;
const gap = 16;

/** The whole card, back to front. */
export function layOutUsage(usage: Usage, ruler: Ruler): Shape[] {
  const { card, colour, panel } = look;
  const left = { x: card.margin - 8, width: daysEnd - card.margin + 8 };
  const right = { x: daysEnd + gap, width: card.width - card.margin + 8 - daysEnd - gap };
  const ground = ({ x, width }: Pick<Box, 'x' | 'width'>): Box => ({
    is: 'box',
    x,
    y: panel.top,
    width,
    height: panel.bottom - panel.top,
    radius: panel.radius,
    fill: colour.panel,
  });
  return [
    { is: 'box', x: 0, y: 0, width: card.width, height: card.height, radius: card.radius, fill: colour.edge },
    {
      is: 'box',
      x: 1.5,
      y: 1.5,
      width: card.width - 3,
      height: card.height - 3,
      radius: card.radius - 1.5,
      fill: colour.ground,
    },
    ...layOutHeader(usage, ruler),
    ground(left),
    ...layOutDays(usage, ruler, left),
    ground(right),
    ...layOutMembers(usage, ruler, right),
  ];
}
