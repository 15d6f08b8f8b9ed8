import { isMinor } from './modes.ts';
import type { SongPlan } from './song-plan.ts';

export interface CoverPalette {
  /** The sky from top to horizon. */
  sky: readonly [string, string, string];
  /** Sun or moon, and what it lights. */
  light: string;
  glow: string;
  /** The hills from far to near. */
  hills: readonly string[];
  /** Lines and small shapes over the sky. */
  ink: string;
}

/** Keys that are neighbours on the circle of fifths are neighbours on the circle of colours. */
export function coverPalette(plan: SongPlan): CoverPalette {
  const key = plan.tonic % 12;
  const hue = ((key * 7) % 12) * 30 + 18;
  const minor = isMinor(plan.mode);
  const colourful = 35 + plan.energy * 40;
  const light = (minor ? 14 : 40) + plan.brightness * (minor ? 14 : 24);
  // Major keys have a warm sun, minor ones a moon beside their own hue.
  const away = minor ? hue + 38 : 38 + (key - 6) * 3;
  return {
    sky: [
      hsl(hue, colourful, light),
      hsl(hue + (minor ? 18 : 28), colourful, light + 14),
      hsl(away - 6, colourful + 15, minor ? light + 26 : 78),
    ],
    light: hsl(away + 8, minor ? 45 : 95, minor ? 86 : 90),
    glow: hsl(away, 90, minor ? 70 : 74),
    hills: [0, 1, 2, 3].map((row) =>
      hsl(
        hue + 12 - row * 7,
        colourful * (0.55 + row * 0.1),
        Math.max(9 - row, light * (minor ? 1.15 : 0.95) - row * (minor ? 5 : 9)),
      ),
    ),
    ink: hsl(away, 80, minor ? 82 : 94),
  };
}

function hsl(hue: number, saturation: number, lightness: number): string {
  const within = (value: number): number => Math.min(100, Math.max(0, Math.round(value)));
  return `hsl(${Math.round(((hue % 360) + 360) % 360)} ${within(saturation)}% ${within(lightness)}%)`;
}
