/** Sizes, fonts and colours. The card brings its own dark ground, so it looks the same on Discord's light and dark theme. */
import type { Font } from './scene.ts';

export const look = {
  card: { width: 1000, height: 720, radius: 24, margin: 32 },
  panel: { top: 226, bottom: 692, padding: 20, radius: 16 },
  font: {
    title: { size: 30, weight: 600 },
    figure: { size: 58, weight: 600 },
    unit: { size: 28, weight: 400 },
    heading: { size: 23, weight: 600 },
    body: { size: 21, weight: 400 },
    axis: { size: 19, weight: 400 },
    legend: { size: 16.5, weight: 400 },
  } satisfies Record<string, Font>,
  colour: {
    ground: '#1a1d24',
    edge: '#3b414d',
    panel: '#22262f',
    track: '#333945',
    grid: '#343a46',
    text: '#f2f3f5',
    quiet: '#b4bac6',
    used: '#8c9eff',
    reserved: '#4a5699',
    warning: '#f0b232',
    over: '#ff6b6e',
    others: '#8b919c',
  },
  /** The same four as the coloured edge of the message (delivery/card.ts). */
  state: { waiting: '#80848e', running: '#5865f2', done: '#23a55a', failed: '#da373c' },
  /**
   * Okabe and Ito's colours without their black: told apart with every common colour blindness. More than seven are
   * not, so further actions share `others`. Neighbours in the stack differ in lightness too.
   */
  series: ['#56b4e9', '#e69f00', '#009e73', '#f0e442', '#0072b2', '#cc79a7', '#d55e00'],
} as const;
