import type { Text } from '../../../../src/services/pictures/scene.ts';

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The letters' room: from the top of a capital to the end of a descender. */
export const areaOf = ({ x, y, width, font }: Text): Area => ({
  x,
  y: y - font.size * 0.75,
  width,
  height: font.size,
});

export const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const within = (inner: Area, outer: Area): boolean =>
  inner.x >= outer.x - 0.01 &&
  inner.y >= outer.y - 0.01 &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  inner.y + inner.height <= outer.y + outer.height + 0.01;
