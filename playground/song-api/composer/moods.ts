import type { Character } from './character.ts';

/** How a word of mood bends a song: factors for the tempo, sums for the rest. */
interface Mood {
  words: RegExp;
  tempo?: number;
  energy?: number;
  brightness?: number;
  space?: number;
  modes?: Character['modes'];
}

const moods: readonly Mood[] = [
  { words: /\bslow|ballad|lullaby|adagio|largo|tender/, tempo: 0.68, energy: -0.25 },
  { words: /\bfast|quick|rapid|frantic|presto|allegro|racing|speed/, tempo: 1.15, energy: 0.2 },
  {
    words: /sad|melanchol|lonely|heartbr|tears|cry|grief|mourn|sorrow|blue\b|bittersweet/,
    tempo: 0.92,
    energy: -0.15,
    brightness: -0.15,
    modes: ['minor'],
  },
  {
    words: /happy|joy|cheer|sunny|upbeat|fun\b|party|celebrat|birthday|summer|bright/,
    tempo: 1.05,
    energy: 0.1,
    brightness: 0.15,
    modes: ['major'],
  },
  {
    words: /dark|gloom|evil|sinister|horror|haunt|midnight|noir|doom/,
    energy: 0.05,
    brightness: -0.25,
    modes: ['phrygian', 'minor'],
  },
  {
    words: /dream|ethereal|float|cloud|misty|magic|wonder|stars?\b|moon/,
    tempo: 0.92,
    energy: -0.1,
    space: 0.35,
    modes: ['lydian', 'major'],
  },
  {
    words: /epic|heroic|triumph|majestic|grand|powerful|battle|anthem/,
    energy: 0.25,
    brightness: 0.15,
    space: 0.3,
  },
  {
    words: /calm|chill|relax|peace|gentle|soft|quiet|sleep|cozy|cosy|warm/,
    tempo: 0.88,
    energy: -0.25,
    brightness: -0.15,
  },
  {
    words: /angry|rage|aggress|furious|violent|brutal/,
    tempo: 1.1,
    energy: 0.3,
    brightness: 0.2,
    modes: ['phrygian', 'minor'],
  },
  { words: /romantic|love|sweet|valentine|wedding/, tempo: 0.95, energy: -0.05, modes: ['major'] },
  { words: /energetic|hype|workout|driving|pump/, tempo: 1.08, energy: 0.25, brightness: 0.1 },
];

/** Below this nothing beats time, unless a genre asked for it. */
const quiet = 0.36;

export function bendByMood(ground: Character, words: string, genreWasNamed: boolean): Character {
  let bent: Character = { ...ground };
  for (const mood of moods.filter((candidate) => candidate.words.test(words))) {
    const tempo = mood.tempo ?? 1;
    bent = {
      ...bent,
      bpm: [Math.max(48, bent.bpm[0] * tempo), Math.min(184, Math.max(50, bent.bpm[1] * tempo))],
      energy: within(bent.energy + (mood.energy ?? 0)),
      brightness: within(bent.brightness + (mood.brightness ?? 0)),
      space: within(bent.space + (mood.space ?? 0)),
      // Sadness wins over a genre's own scale, but the first mood named wins over later ones.
      modes: bent.modes === ground.modes && mood.modes !== undefined ? mood.modes : bent.modes,
    };
  }
  if (!genreWasNamed && bent.energy < quiet)
    return { ...bent, drums: 'none', bass: 'roots', bassSound: 'upright', comp: 'arpeggio' };
  return bent;
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
