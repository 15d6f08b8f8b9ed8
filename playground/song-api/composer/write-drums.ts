import type { SeededRandom } from '../seeded-random.ts';
import type { DrumStyle } from './character.ts';
import type { Drum, DrumHit } from './score.ts';
import type { SongPlan } from './song-plan.ts';
import type { TimeGrid } from './time-grid.ts';

/** A bar in sixteenths (twelve for a waltz): x loud, o soft, . silent. */
type Pattern = Partial<Record<Drum, string>>;

const patterns: Record<Exclude<DrumStyle, 'none'>, Pattern> = {
  four: {
    kick: 'x...x...x...x...',
    clap: '....x.......x...',
    hat: 'o.o.o.o.o.o.o.o.',
    openHat: '..x...x...x...x.',
  },
  rock: { kick: 'x.....x.x.......', snare: '....x.......x...', hat: 'x.o.x.o.x.o.x.o.' },
  pop: {
    kick: 'x......ox.......',
    snare: '....x.......x..o',
    hat: 'o.x.o.x.o.x.o.x.',
    shaker: '.o.o.o.o.o.o.o.o',
  },
  lofi: { kick: 'x......x..x.....', rim: '....x.......x...', hat: 'o.o.o.o.o.o.o.o.' },
  swing: {
    ride: 'x...x.o.x...x.o.',
    kick: 'o...............',
    hat: '....x.......x...',
    brush: '......o.......o.',
  },
  waltz: { kick: 'x...........', brush: '....o...o...', ride: 'o...o...o...' },
  brushes: { kick: 'x.......o.......', brush: '....x.......x...', shaker: 'o.o.o.o.o.o.o.o.' },
  breaks: {
    kick: 'x.........x.....',
    snare: '....x..o.o..x..o',
    hat: 'x.o.x.o.x.o.x.o.',
    ride: '..o...o...o...o.',
  },
  latin: { kick: 'x..o....x..o....', rim: 'x..x..x...x..x..', shaker: 'xoooxoooxoooxooo' },
  taiko: { tom: 'x.....o.x...o.o.', kick: 'x...............' },
};

const backbeats = new Set<Drum>(['snare', 'clap', 'openHat', 'kick']);

export function writeDrums(plan: SongPlan, grid: TimeGrid, random: SeededRandom): DrumHit[] {
  if (plan.drums === 'none') return [];
  const hits: DrumHit[] = [];
  const pattern = patterns[plan.drums];
  for (let bar = 0; bar < plan.bars; bar += 1) {
    const section = grid.sectionOf(bar);
    const thin = section?.name === 'intro' || section?.name === 'outro';
    const last = section !== undefined && bar === section.firstBar + section.bars - 1;
    for (const [drum, steps] of Object.entries(pattern) as [Drum, string][]) {
      // A beginning has only the light metal and wood of the kit.
      if (thin && backbeats.has(drum) && plan.energy < 0.85) continue;
      for (let step = 0; step < plan.beatsPerBar * 4; step += 1) {
        const mark = steps[step % steps.length];
        if (mark === '.' || mark === undefined) continue;
        const loudness = (mark === 'x' ? 0.95 : 0.5) * (0.7 + 0.3 * grid.fullness(bar));
        hits.push({ at: grid.at(bar, step / 4), drum, velocity: loudness * random.between(0.85, 1) });
      }
    }
    if (last && !thin && plan.energy > 0.4) fill(bar);
    if (section?.firstBar === bar && section.name === 'chorus' && plan.energy > 0.5)
      hits.push({ at: grid.at(bar, 0), drum: 'crash', velocity: 0.5 + plan.energy * 0.4 });
  }
  return hits;

  /** The last beat before a new section. */
  function fill(bar: number): void {
    const drum = plan.drums === 'four' ? 'clap' : plan.drums === 'swing' ? 'brush' : 'tom';
    for (let step = 0; step < 4; step += 1)
      if (random.chance(0.75))
        hits.push({
          at: grid.at(bar, plan.beatsPerBar - 1 + step / 4),
          drum,
          velocity: 0.45 + step * 0.12,
        });
  }
}
