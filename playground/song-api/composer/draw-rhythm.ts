import type { SKRSContext2D } from '@napi-rs/canvas';
import type { SeededRandom } from '../seeded-random.ts';
import type { SongPlan } from './song-plan.ts';

interface Disc {
  x: number;
  y: number;
  radius: number;
}

/** What beats time is drawn around the light: rings for a straight kick, petals for a waltz, rays for rock, mist for none. */
export function drawRhythm(
  context: SKRSContext2D,
  plan: SongPlan,
  ink: string,
  light: Disc,
  random: SeededRandom,
): void {
  context.save();
  context.strokeStyle = ink;
  context.fillStyle = ink;
  switch (plan.drums) {
    case 'four':
    case 'breaks':
      rings(context, light, plan.drums === 'four' ? 12 : 18);
      break;
    case 'waltz':
      petals(context, light, 3);
      break;
    case 'rock':
    case 'taiko':
      rays(context, light, plan.drums === 'rock' ? 24 : 16);
      break;
    case 'pop':
    case 'latin':
      petals(context, light, 8);
      break;
    case 'swing':
    case 'lofi':
    case 'brushes':
      stars(context, 26, random);
      break;
    case 'none':
      mist(context, light, random);
      break;
  }
  context.restore();
}

function rings(context: SKRSContext2D, { x, y, radius }: Disc, count: number): void {
  for (let ring = 1; ring <= count; ring += 1) {
    // Every fourth is the downbeat.
    context.lineWidth = ring % 4 === 0 ? 5 : 1.5;
    context.globalAlpha = 0.5 * (1 - ring / (count + 2));
    context.beginPath();
    context.arc(x, y, radius + ring * 22, 0, 2 * Math.PI);
    context.stroke();
  }
}

function petals(context: SKRSContext2D, { x, y, radius }: Disc, count: number): void {
  context.globalAlpha = count < 5 ? 0.2 : 0.13;
  for (let petal = 0; petal < count; petal += 1) {
    const angle = (petal / count) * 2 * Math.PI - Math.PI / 2;
    const away = radius * 1.25;
    context.beginPath();
    context.ellipse(
      x + Math.cos(angle) * away,
      y + Math.sin(angle) * away,
      radius * 1.5,
      radius * (count < 5 ? 0.8 : 0.45),
      angle,
      0,
      2 * Math.PI,
    );
    context.fill();
  }
}

function rays(context: SKRSContext2D, { x, y }: Disc, count: number): void {
  for (let ray = 0; ray < count; ray += 1) {
    const angle = (ray / count) * 2 * Math.PI;
    const half = (Math.PI / count) * (ray % 2 === 0 ? 0.55 : 0.25);
    context.globalAlpha = ray % 2 === 0 ? 0.16 : 0.1;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + Math.cos(angle - half) * 900, y + Math.sin(angle - half) * 900);
    context.lineTo(x + Math.cos(angle + half) * 900, y + Math.sin(angle + half) * 900);
    context.fill();
  }
}

function stars(context: SKRSContext2D, count: number, random: SeededRandom): void {
  for (let star = 0; star < count; star += 1) {
    context.globalAlpha = random.between(0.25, 0.75);
    context.beginPath();
    context.arc(random.between(0, 640), random.between(0, 360), random.between(1, 4), 0, 2 * Math.PI);
    context.fill();
  }
}

function mist(context: SKRSContext2D, light: Disc, random: SeededRandom): void {
  context.globalAlpha = 0.08;
  for (let band = 0; band < 7; band += 1) {
    context.beginPath();
    context.ellipse(
      light.x + random.between(-160, 160),
      light.y + random.between(-40, 200),
      random.between(180, 380),
      random.between(10, 34),
      random.between(-0.06, 0.06),
      0,
      2 * Math.PI,
    );
    context.fill();
  }
}
