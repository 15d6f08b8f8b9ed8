/** A bar per day, stacked by action, with its axes and legend. */
import { chartWords } from './chart-words.ts';
import { formatCredits } from './format-credits.ts';
import { look } from './look.ts';
import { niceTicks } from './nice-ticks.ts';
import { placeText } from './place-text.ts';
import type { Box, Ruler, Shape, Text } from './scene.ts';
import { stackDays, type Stack } from './stack-days.ts';
import type { Usage } from './usage.ts';

const { colour, font, panel } = look;
const legendLine = 29;
/** From the swatch to the name, from the name to its figure, and from there to the next swatch. */
const legendGaps = 20 + 7 + 10;
/** Above it the axis is in thousands: 10K, 1M. */
const longestTick = 9999;

/** The part of the panel that the bars fill. */
interface Plot {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function layOutDays(usage: Usage, ruler: Ruler, area: Pick<Box, 'x' | 'width'>): Shape[] {
  const x = area.x + panel.padding;
  const width = area.width - 2 * panel.padding;
  const stack = stackDays(usage);
  const ticks = niceTicks(Math.max(...stack.days.map(({ total }) => total), 0));
  const labels = ticks.map((tick) => formatCredits(tick, longestTick));
  const gutter = Math.max(...labels.map((label) => ruler.width(label, font.axis))) + 10;
  const columns = legendColumns(stack, ruler, width);
  const legendLines = Math.ceil(stack.series.length / columns);
  const plot: Plot = { x: x + gutter, y: panel.top + 62, width: width - gutter, height: 0 };
  plot.height = panel.bottom - 46 - legendLines * legendLine - (legendLines > 0 ? 10 : 0) - plot.y;

  return [
    placeText(ruler, chartWords.perDay, {
      x,
      y: panel.top + 36,
      font: font.heading,
      fill: colour.text,
      within: width,
    }),
    ...grid(stack.series.length > 0 ? labels : [''], ruler, plot),
    ...bars(stack, plot, ticks.at(-1) ?? 1),
    ...dayLabels(stack, ruler, plot),
    ...legend(stack, ruler, columns, { x, width, y: panel.bottom - 20 - (legendLines - 1) * legendLine }),
    ...(stack.series.length > 0 ? [] : [nothingYet(ruler, plot)]),
  ];
}

function grid(labels: readonly string[], ruler: Ruler, plot: Plot): Shape[] {
  return labels.flatMap((label, index) => {
    const y = plot.y + plot.height * (1 - index / Math.max(1, labels.length - 1));
    const line: Box = {
      is: 'box',
      x: plot.x,
      y: y - 0.75,
      width: plot.width,
      height: 1.5,
      radius: 0,
      fill: index === 0 ? colour.others : colour.grid,
    };
    const text = placeText(ruler, label, {
      x: plot.x - 10,
      y: y + 6,
      font: font.axis,
      fill: colour.quiet,
      align: 'right',
      within: 100,
    });
    return [line, text];
  });
}

function bars({ series, days }: Stack, plot: Plot, top: number): Box[] {
  const slot = plot.width / days.length;
  const width = Math.min(48, slot * 0.74);
  return days.flatMap(({ parts, total }, day) => {
    if (total === 0) return [];
    const x = plot.x + slot * (day + 0.5) - width / 2;
    let y = plot.y + plot.height;
    // One credit beside a million is still to be seen.
    const stretch = Math.max(1, 2 / ((total / top) * plot.height));
    return parts.flatMap((part, index): Box[] => {
      const height = (part / top) * plot.height * stretch;
      y -= height;
      const fill = series[index]?.fill ?? colour.others;
      // A hair of ground between neighbours, where there is room for it.
      const seam = height > 4 ? 1 : 0;
      return part === 0 ? [] : [{ is: 'box', x, y, width, height: height - seam, radius: 0, fill }];
    });
  });
}

/** As many as fit without touching, evenly, the first one always; the last one may not stand out to the right. */
function dayLabels({ days }: Stack, ruler: Ruler, plot: Plot): Text[] {
  const slot = plot.width / days.length;
  const all = days.map(({ label }, day) =>
    placeText(ruler, label, {
      x: plot.x + slot * (day + 0.5),
      y: plot.y + plot.height + 26,
      font: font.axis,
      fill: colour.quiet,
      align: 'centre',
      within: 80,
    }),
  );
  const every = Math.ceil((Math.max(...all.map(({ width }) => width), 0) + 12) / slot);
  const end = plot.x + plot.width;
  return all
    .filter((_, day) => day % every === 0)
    .map((text) => ({ ...text, x: Math.min(text.x, end - text.width) }))
    .filter((text, index, kept) => {
      const before = kept[index - 1];
      return before === undefined || before.x + before.width + 8 <= text.x;
    });
}

/** Three, or two where a name would have to be cut. */
function legendColumns({ series }: Stack, ruler: Ruler, width: number): number {
  const widest = Math.max(
    ...series.map(
      ({ label, total }) =>
        ruler.width(ruler.printable(label), font.legend) +
        ruler.width(formatCredits(total, longestTick), font.legend),
    ),
    0,
  );
  return widest + legendGaps <= width / 3 ? 3 : 2;
}

function legend(
  { series }: Stack,
  ruler: Ruler,
  columns: number,
  place: { x: number; y: number; width: number },
): Shape[] {
  const width = place.width / columns;
  return series.flatMap(({ label, total, fill }, index): Shape[] => {
    const x = place.x + (index % columns) * width;
    const y = place.y + Math.floor(index / columns) * legendLine;
    const swatch: Box = { is: 'box', x, y: y - 13, width: 14, height: 14, radius: 3, fill };
    const figure = formatCredits(total, longestTick);
    const figureWidth = ruler.width(figure, font.legend);
    const name = placeText(ruler, label, {
      x: x + 20,
      y,
      font: font.legend,
      fill: colour.text,
      within: width - figureWidth - legendGaps,
    });
    const amount = placeText(ruler, figure, {
      x: name.x + name.width + 7,
      y,
      font: font.legend,
      fill: colour.quiet,
      within: figureWidth + 1,
    });
    return [swatch, name, amount];
  });
}

function nothingYet(ruler: Ruler, plot: Plot): Text {
  return placeText(ruler, chartWords.nothingYet, {
    x: plot.x + plot.width / 2,
    y: plot.y + plot.height / 2 - 14,
    font: font.body,
    fill: colour.quiet,
    align: 'centre',
    within: plot.width,
  });
}
