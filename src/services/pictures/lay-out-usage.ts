import { cardGround } from './card-ground.ts';
import { layOutDays } from './lay-out-days.ts';
import { layOutHeader } from './lay-out-header.ts';
import { layOutMembers } from './lay-out-members.ts';
import { look } from './look.ts';
import type { Box, Picture, Ruler } from './scene.ts';
import type { Usage } from './usage.ts';

/** Where the two panels part. */
const daysEnd = 640;
const gap = 16;

/** A phone shows the card at about 1100 pixels, and a scale of 2 would take twice the time. */
const scale = 1.5;

/** The whole card. */
export function layOutUsage(usage: Usage, ruler: Ruler): Picture {
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
  const shapes: Picture['shapes'] = [
    ...cardGround(card.width, card.height, card.radius),
    ...layOutHeader(usage, ruler),
    ground(left),
    ...layOutDays(usage, ruler, left),
    ground(right),
    ...layOutMembers(usage, ruler, right),
  ];
  return { width: card.width, height: card.height, scale, shapes };
}
