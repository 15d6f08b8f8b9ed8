/** Everything that will happen to the bot, decided by one seed before it begins. Times in ms of its pace. */
import type { FaultAct } from '../../playground/faults.ts';
import type { TaskScript } from '../../playground/song-api/emulated-task.ts';
import { SeededRandom } from '../../playground/song-api/seeded-random.ts';
import { steps, type Step } from '../../src/domain/step.ts';
import { longestStartMs } from './pace.ts';
import { faultKinds, type FaultKind } from './fault-kinds.ts';

export interface PlannedSong {
  is: 'song';
  at: number;
  /** Stands in the prompt, and nowhere else. */
  marker: string;
  guild: number;
  member: number;
  private: boolean;
  engine: 'producer' | 'suno';
  /** By a command; by a file that is taken in first and then covered; by the form behind a finished song's button. */
  way: 'command' | 'file' | 'form';
}

export type GatewayTrouble = 'drop' | 'reconnect' | 'invalid session' | 'session to resume';

export type Trouble =
  | { is: 'fault'; at: number; kind: FaultKind; act: FaultAct }
  | { is: 'script'; at: number; name: string; script: TaskScript }
  | { is: 'doubled records'; at: number; order: 'off' | 'old-first' | 'new-first' }
  | { is: 'upload limit'; at: number; bytes: number }
  | { is: 'gateway'; at: number; what: GatewayTrouble }
  /** Somebody deletes the card of a song that is under way. */
  | { is: 'deleted card'; at: number; which: number };

/** From one start of the bot to its end. */
export interface Life {
  /** It dies there, unless its time is over before. */
  crashAt: Step | undefined;
  crashCount: number;
  ms: number;
  /** An outage is a kill after which nobody starts it for longer than Discord's tokens live. */
  end: 'kill' | 'stop' | 'outage';
}

export interface Plan {
  seed: number;
  durationMs: number;
  events: (PlannedSong | Trouble)[];
  lives: Life[];
}

export const place = { guilds: 4, membersEach: 6 };

/** What may become of a task; `good`: its member must get the song. */
export const scripts: Record<string, { script: TaskScript; good: boolean; perJob: number }> = {
  fails: { script: { fail: 'the muse is on holiday' }, good: false, perJob: 0.05 },
  vanishes: { script: { vanish: true }, good: false, perJob: 0.02 },
  'no audio': { script: { noAudio: true }, good: false, perJob: 0.02 },
  'no clips': { script: { clips: 0 }, good: false, perJob: 0.01 },
  'a page for audio': {
    script: { audioBytes: Buffer.from('<html>gone</html>'), contentType: 'text/html' },
    good: false,
    perJob: 0.02,
  },
  'late file': { script: { audioManner: { lagMs: 200 } }, good: true, perJob: 0.05 },
  'data as text': { script: { dataAs: 'string' }, good: true, perJob: 0.03 },
  'unknown status': { script: { unknownStatus: 'MOONSTRUCK' }, good: true, perJob: 0.03 },
};

export function makePlan(seed: number, durationMs: number, jobs: number): Plan {
  const random = new SeededRandom(`chaos/${seed}`);
  const any = (): number => random.whole(0, durationMs);
  const times = (perJob: number): unknown[] => Array.from({ length: Math.round(perJob * jobs) });
  const songs = Array.from({ length: jobs }, (_, index): PlannedSong => ({
    is: 'song',
    at: random.whole(0, Math.floor(durationMs * 0.95)),
    marker: `marker-${seed}-${String(index).padStart(4, '0')}-`,
    guild: random.whole(0, place.guilds - 1),
    member: random.whole(0, place.membersEach - 1),
    private: random.chance(0.2),
    engine: random.chance(0.3) ? 'suno' : 'producer',
    way: random.pick(['command', 'command', 'command', 'command', 'command', 'file', 'form', 'form']),
  }));
  const faults = faultKinds.flatMap((kind) =>
    times(kind.perJob).map((): Trouble => ({
      is: 'fault',
      at: any(),
      kind,
      act: typeof kind.act === 'function' ? kind.act(random) : kind.act,
    })),
  );
  const fates = Object.entries(scripts).flatMap(([name, { script, perJob }]) =>
    times(perJob).map((): Trouble => ({ is: 'script', at: any(), name, script })),
  );
  const every = (ms: number): unknown[] => Array.from({ length: Math.ceil(durationMs / ms) });
  const gateway = every(4_000).map((): Trouble => ({
    is: 'gateway',
    at: any(),
    what: random.pick(['drop', 'drop', 'reconnect', 'invalid session', 'session to resume']),
  }));
  const switches = every(15_000).flatMap((): Trouble[] => {
    const [doubled, low] = [any(), any()];
    return [
      { is: 'doubled records', at: doubled, order: random.pick(['old-first', 'new-first']) },
      { is: 'doubled records', at: doubled + 5_000, order: 'off' },
      { is: 'upload limit', at: low, bytes: 20_000 },
      { is: 'upload limit', at: low + 1_000, bytes: 10_485_760 },
    ];
  });
  const deleted = times(0.04).map((): Trouble => ({ is: 'deleted card', at: any(), which: random.next() }));
  return {
    seed,
    durationMs,
    events: [...songs, ...faults, ...fates, ...gateway, ...switches, ...deleted].toSorted(
      (a, b) => a.at - b.at,
    ),
    // More than there can be, also when each dies while it starts.
    lives: every(longestStartMs).map(() => life(random)),
  };
}

function life(random: SeededRandom): Life {
  return {
    crashAt: random.chance(0.6) ? random.pick(['asked' as const, ...steps]) : undefined,
    crashCount: random.whole(1, 3),
    ms: random.whole(600, 5_000),
    end: random.pick(['kill', 'kill', 'kill', 'stop', 'stop', 'outage']),
  };
}
