/** Versions of a song below each other, joined by lines: what was made from what. */
import { cardGround } from './card-ground.ts';
import { composeArt } from './compose-art.ts';
import { isolate } from './isolate.ts';
import { look } from './look.ts';
import { placeText } from './place-text.ts';
import type { Box, Font, Line, Picture, Point, Ruler, Shape } from './scene.ts';
import type { TreeLine, TreePicture } from './tree-picture.ts';

const width = 720;
const margin = 28;
/** Above and below; the rows bring some of their own. */
const verticalMargin = 18;
const right = width - margin;
const cardRadius = 24;

interface Size {
  row: number;
  art: number;
  title: Font;
  facts: Font;
  scale: number;
}

/** Two lines of text a version, as long as that makes a picture that is not much higher than wide; else one. */
const roomy: Size = {
  row: 72,
  art: 48,
  title: { size: 23, weight: 600 },
  facts: { size: 19, weight: 400 },
  scale: 1.5,
};
const compact: Size = {
  row: 42,
  art: 30,
  title: { size: 19, weight: 600 },
  facts: { size: 17, weight: 400 },
  scale: 1.25,
};
const mostRoomy = 12;

/** How far a fork moves to the right, and how far all of them together may. */
const step = 36;
const widest = 280;

/** Where a line of the tree stands. */
interface Place {
  line: TreeLine;
  /** Left edge of the art. */
  x: number;
  /** Middle of the row. */
  y: number;
}

export function layOutVersionTree({ lines, here }: TreePicture, ruler: Ruler): Picture {
  const size = lines.length > mostRoomy ? compact : roomy;
  const lanes = lanesOf(lines);
  const indent = Math.min(step, widest / Math.max(1, ...lanes));
  const places = lines.map((line, index) => ({
    line,
    x: margin + indent * (lanes[index] ?? 0),
    y: verticalMargin + size.row * (index + 0.5),
  }));
  const height = Math.max(1, lines.length) * size.row + 2 * verticalMargin;
  return {
    width,
    height,
    scale: size.scale,
    shapes: [
      ...cardGround(width, height, cardRadius),
      ...places.filter(({ line }) => line.isHere).map((place) => spotlight(place, size)),
      ...places.flatMap((place) => twigOf(place, places, size, indent)),
      ...places.flatMap((place) => layOutLine(place, size, here, ruler)),
    ],
  };
}

/** A child that is alone stays below its parent, so that a long line of descent doesn't run off to the right. */
function lanesOf(lines: readonly TreeLine[]): number[] {
  const siblings = new Map<number, number>();
  for (const { parent } of lines)
    if (parent !== undefined) siblings.set(parent, (siblings.get(parent) ?? 0) + 1);
  const lanes: number[] = [];
  for (const { parent } of lines) {
    const above = parent === undefined ? 0 : (lanes[parent] ?? 0);
    lanes.push(parent !== undefined && (siblings.get(parent) ?? 0) > 1 ? above + 1 : above);
  }
  return lanes;
}

function spotlight({ x, y }: Place, { row }: Size): Box {
  const left = x - 8;
  return {
    is: 'box',
    x: left,
    y: y - row / 2 + 2,
    width: right + 10 - left,
    height: row - 4,
    radius: 14,
    fill: look.colour.track,
  };
}

/** From below the parent's art to the child's: straight down, or round a corner. */
function twigOf({ line, x, y }: Place, places: readonly Place[], { art }: Size, indent: number): Line[] {
  const parent = line.parent === undefined ? undefined : places[line.parent];
  if (parent === undefined) return [];
  const trunk = parent.x + Math.min(art / 2, indent * 0.6);
  const start = { x: trunk, y: parent.y + halfOf(parent.line, art) };
  const points: Point[] =
    x === parent.x
      ? [start, { x: trunk, y: y - halfOf(line, art) }]
      : [start, { x: trunk, y }, { x: line.art === undefined ? x + 4 : x, y }];
  return [
    {
      is: 'line',
      points,
      radius: Math.min(10, indent * 0.3),
      thickness: 2.5,
      stroke: look.state.waiting,
    },
  ];
}

/** From the middle of a row to where lines may begin. */
const halfOf = (line: TreeLine, art: number): number => (line.art === undefined ? 14 : art / 2);

function layOutLine({ line, x, y }: Place, size: Size, here: string, ruler: Ruler): Shape[] {
  const { art, title, facts } = size;
  if (line.art === undefined)
    return [
      placeText(ruler, line.title, {
        x: x + 12,
        y: y + facts.size * 0.35,
        font: facts,
        fill: look.colour.quiet,
        within: right - x - 12,
      }),
    ];
  const left = x + art + 14;
  const picture: Shape = {
    is: 'art',
    x,
    y: y - art / 2,
    side: art,
    radius: art / 5,
    marks: composeArt(line.art.style, line.art.seed).marks,
  };
  const mark = line.isHere ? badge(here, y, size, ruler) : [];
  const end = mark.length === 0 ? right : (mark[0]?.x ?? right) - 14;
  const told = line.facts.map(isolate).join(' · ');
  const words = size === roomy ? twoLines() : oneLine();
  return [picture, ...mark, ...words];

  function twoLines(): Shape[] {
    return [
      placeText(ruler, line.title, {
        x: left,
        y: y - 5,
        font: title,
        fill: look.colour.text,
        within: end - left,
      }),
      placeText(ruler, told, {
        x: left,
        y: y + 21,
        font: facts,
        fill: look.colour.quiet,
        within: end - left,
      }),
    ];
  }

  function oneLine(): Shape[] {
    const baseline = y + title.size * 0.36;
    const how = placeText(ruler, told, {
      x: end,
      y: baseline,
      font: facts,
      fill: look.colour.quiet,
      align: 'right',
      within: (end - left) * 0.55,
    });
    return [
      placeText(ruler, line.title, {
        x: left,
        y: baseline,
        font: title,
        fill: look.colour.text,
        within: how.x - 16 - left,
      }),
      how,
    ];
  }
}

function badge(here: string, y: number, { facts }: Size, ruler: Ruler): [Box, Shape] | [] {
  const font: Font = { size: facts.size - 2, weight: 600 };
  const text = placeText(ruler, here, {
    x: right - 12,
    y: y + font.size * 0.35,
    font,
    fill: '#ffffff',
    align: 'right',
    within: 140,
  });
  if (text.text === '') return [];
  const height = font.size + 12;
  return [
    {
      is: 'box',
      x: text.x - 12,
      y: y - height / 2,
      width: text.width + 24,
      height,
      radius: height / 2,
      fill: look.state.done,
    },
    text,
  ];
}
