/** Whose period, how much of it is gone, and how it goes on. */
import { chartWords } from './chart-words.ts';
import { drawable } from './drawable.ts';
import { formatCredits } from './format-credits.ts';
import { look } from './look.ts';
import { placeText } from './place-text.ts';
import type { Box, Ruler, Shape, Text } from './scene.ts';
import type { Usage } from './usage.ts';

const { card, colour, font } = look;
const left = card.margin;
const right = card.width - card.margin;
const across = right - left;
const baselines = { title: 62, figure: 132, foot: 203 };
const bar = { y: 154, height: 18 };
const markAt = 0.8;
const gap = 20;

export function layOutHeader(usage: Usage, ruler: Ruler): Shape[] {
  const span = placeText(ruler, usage.span, {
    x: right,
    y: baselines.title,
    font: font.body,
    fill: colour.quiet,
    align: 'right',
    within: across * 0.6,
  });
  const title = placeText(ruler, usage.title, {
    x: left,
    y: baselines.title,
    font: font.title,
    fill: colour.text,
    within: span.x - left - gap,
  });
  return [title, span, ...figures(usage, ruler), ...progress(usage, ruler)];
}

function figures(usage: Usage, ruler: Ruler): Shape[] {
  const y = baselines.figure;
  const used = placeText(ruler, formatCredits(usage.used), {
    x: left,
    y,
    font: font.figure,
    fill: colour.text,
    within: across,
  });
  const allowance = placeText(ruler, chartWords.ofAllowance(usage.allowance), {
    x: used.x + used.width + 12,
    y,
    font: font.unit,
    fill: colour.quiet,
    within: across - used.width,
  });
  const rest = usage.allowance - usage.used - usage.reserved;
  const remains = placeText(ruler, rest < 0 ? chartWords.over(-rest) : chartWords.left(rest), {
    x: right,
    y,
    font: font.body,
    fill: rest < 0 ? colour.over : colour.text,
    align: 'right',
    within: across,
  });
  if (usage.reserved <= 0) return [used, allowance, remains];
  const reserved = placeText(ruler, chartWords.reserved(usage.reserved), {
    x: remains.x - gap,
    y,
    font: font.body,
    fill: colour.text,
    align: 'right',
    within: across,
  });
  const swatch = square(reserved.x - 22, y - 14, colour.reserved);
  return [used, allowance, remains, reserved, swatch];
}

/** Full width is the allowance, or what is used and reserved when that is more. */
function progress(usage: Usage, ruler: Ruler): Shape[] {
  const used = drawable(usage.used);
  const taken = used + drawable(usage.reserved);
  const allowance = drawable(usage.allowance);
  const whole = Math.max(allowance, taken, 1);
  const over = taken > allowance;
  const fill = over ? colour.over : taken >= allowance * markAt && taken > 0 ? colour.warning : colour.used;
  const xOf = (credits: number): number => left + (credits / whole) * across;
  const strip = (from: number, to: number, fill: string): Box => ({
    is: 'box',
    x: xOf(from),
    y: bar.y,
    // Round ends need as much width as height.
    width: Math.max(bar.height, xOf(to) - xOf(from)),
    height: bar.height,
    radius: bar.height / 2,
    fill,
  });
  const shapes: Shape[] = [strip(0, whole, colour.track)];
  if (taken > used) shapes.push(strip(0, taken, colour.reserved));
  if (used > 0) shapes.push(strip(0, used, fill));
  return [...shapes, ...foot(usage, ruler, xOf(over ? allowance : allowance * markAt), over)];
}

/** The mark on the bar with its label, and the forecast beside it. */
function foot(usage: Usage, ruler: Ruler, markX: number, over: boolean): Shape[] {
  const y = baselines.foot;
  const needle = (width: number, fill: string): Box => ({
    is: 'box',
    x: Math.min(Math.max(markX, left + 2), right - 2) - width / 2,
    y: bar.y - 5,
    width,
    height: bar.height + 10,
    radius: width / 2,
    fill,
  });
  // Dark edges keep it visible on every colour of the bar.
  const mark = [needle(9, colour.ground), needle(3, colour.text)];
  const label = placeText(ruler, over ? '100 %' : '80 %', {
    x: Math.min(Math.max(markX, left + 30), right - 30),
    y,
    font: font.axis,
    fill: colour.quiet,
    align: 'centre',
    within: 80,
  });
  if (usage.forecast === null) return [...mark, label];
  const forecast: Text = placeText(ruler, usage.forecast, {
    x: left + 20,
    y,
    font: font.body,
    fill: colour.warning,
    within: across * markAt - 80,
  });
  const dot: Box = { is: 'box', x: left, y: y - 12, width: 10, height: 10, radius: 5, fill: colour.warning };
  // Far over the allowance its mark moves left, above the forecast, which matters more than the mark's label.
  return label.x < forecast.x + forecast.width + gap
    ? [...mark, dot, forecast]
    : [...mark, label, dot, forecast];
}

function square(x: number, y: number, fill: string): Box {
  return { is: 'box', x, y, width: 14, height: 14, radius: 3, fill };
}
