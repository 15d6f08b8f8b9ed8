import { look } from './look.ts';
import type { Box } from './scene.ts';

/** The dark ground that every card brings with it, with an edge that holds it together on Discord's dark theme. */
export function cardGround(width: number, height: number, radius: number): Box[] {
  const { edge, ground } = look.colour;
  return [
    { is: 'box', x: 0, y: 0, width, height, radius, fill: edge },
    { is: 'box', x: 1.5, y: 1.5, width: width - 3, height: height - 3, radius: radius - 1.5, fill: ground },
  ];
}
