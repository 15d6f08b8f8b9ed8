import type { Sound } from './character.ts';
import { pitchedParts, type Drum, type Score } from './score.ts';
import type { SongPlan } from './song-plan.ts';

/** The tracks that a song is mixed from; the drum kit has five microphones. */
export const trackNames = [
  'vocals',
  'backing',
  'kick',
  'snare',
  'hats',
  'cymbals',
  'percussion',
  'bass',
  'chords',
  'pad',
  'lead',
] as const;
export type TrackName = (typeof trackNames)[number];

/** How far a song is taken apart. */
export type StemKit = 'two' | 'four' | 'all';

const microphones: Record<Drum, TrackName> = {
  kick: 'kick',
  snare: 'snare',
  clap: 'snare',
  rim: 'percussion',
  hat: 'hats',
  openHat: 'hats',
  ride: 'cymbals',
  crash: 'cymbals',
  brush: 'percussion',
  shaker: 'percussion',
  tom: 'percussion',
};

const voices: readonly TrackName[] = ['vocals', 'backing'];
const kit: readonly TrackName[] = ['kick', 'snare', 'hats', 'cymbals', 'percussion'];

export function microphoneOf(drum: Drum): TrackName {
  return microphones[drum];
}

/** The stems of a song as they are sold, with the tracks in each; a stem in which nothing sounds is left out. */
export function stemsOf(
  plan: SongPlan,
  score: Score,
  stemKit: StemKit,
): { name: string; tracks: TrackName[] }[] {
  const heard = new Set<TrackName>(score.drums.map(({ drum }) => microphones[drum]));
  for (const part of pitchedParts) if (score[part].length > 0) heard.add(part);
  const heardIn = (tracks: readonly TrackName[]): TrackName[] => tracks.filter((track) => heard.has(track));
  const rest = (taken: readonly TrackName[]): TrackName[] =>
    trackNames.filter((track) => !taken.includes(track));
  const groups: Record<Exclude<StemKit, 'all'>, Record<string, readonly TrackName[]>> = {
    two: { Vocals: voices, Instrumental: rest(voices) },
    four: { Vocals: voices, Drums: kit, Bass: ['bass'], Other: rest([...voices, ...kit, 'bass']) },
  };
  const stems =
    stemKit === 'all'
      ? named(plan, heardIn(trackNames))
      : Object.entries(groups[stemKit]).map(([name, tracks]) => ({ name, tracks: heardIn(tracks) }));
  return stems.filter(({ tracks }) => tracks.length > 0);
}

const instruments: Record<Sound, string> = {
  piano: 'Keyboard',
  epiano: 'Keyboard',
  guitar: 'Guitar',
  drive: 'Electric Guitar',
  strings: 'Strings',
  synth: 'Synth',
  saw: 'Synth',
  chip: 'Synth',
  flute: 'Woodwinds',
  organ: 'Organ',
  bells: 'Bells',
  brass: 'Brass',
  choir: 'Choir',
  bass: 'Bass',
  upright: 'Bass',
  sub: 'Bass',
};

/** Each track under the name of what plays on it; the second of a name is numbered. */
function named(plan: SongPlan, tracks: readonly TrackName[]): { name: string; tracks: TrackName[] }[] {
  const seen = new Map<string, number>();
  return tracks.map((track) => {
    const plain = nameOf(plan, track);
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return { name: count === 1 ? plain : `${plain} ${count}`, tracks: [track] };
  });
}

function nameOf(plan: SongPlan, track: TrackName): string {
  if (track === 'chords') return instruments[plan.chordSound];
  if (track === 'lead') return instruments[plan.leadSound];
  if (track === 'pad') return instruments[plan.padSound ?? 'synth'];
  if (track === 'backing') return 'Backing Vocals';
  return `${track[0]?.toUpperCase()}${track.slice(1)}`;
}
