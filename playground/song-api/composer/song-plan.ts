import { SeededRandom } from '../seeded-random.ts';
import type { Character, Sound } from './character.ts';
import { genres, plainSong } from './genres.ts';
import { bendByMood } from './moods.ts';
import { progressions, type ModeName } from './modes.ts';
import type { SongRequest } from './song-request.ts';

export type SectionName = 'intro' | 'verse' | 'chorus' | 'outro';

export interface Section {
  name: SectionName;
  firstBar: number;
  bars: number;
}

/** Every decision about a song but its notes. */
export interface SongPlan extends Omit<Character, 'bpm' | 'modes'> {
  request: SongRequest;
  bpm: number;
  /** The key's lowest useful note, MIDI 36 to 47. */
  tonic: number;
  mode: ModeName;
  sings: boolean;
  bars: number;
  sections: Section[];
  /** A chord's degree for each bar, and one more for the last chord that rings out. */
  chords: number[];
}

const instruments: readonly { words: RegExp; sound: Sound }[] = [
  { words: /electric piano|rhodes|wurli/, sound: 'epiano' },
  { words: /piano|keys|keyboard/, sound: 'piano' },
  { words: /distort|electric guitar|riff/, sound: 'drive' },
  { words: /guitar|ukulele|banjo|harp|lute|mandolin/, sound: 'guitar' },
  { words: /string|violin|viola|cello|fiddle/, sound: 'strings' },
  { words: /synth|arp/, sound: 'synth' },
  { words: /flute|whistle|recorder|panpipe|clarinet|oboe/, sound: 'flute' },
  { words: /organ|accordion|harmonica/, sound: 'organ' },
  { words: /bell|music box|celesta|glocken|marimba|vibraphone|xylophone|chime/, sound: 'bells' },
  { words: /brass|trumpet|horn|sax|trombone/, sound: 'brass' },
  { words: /choir|voices|chant/, sound: 'choir' },
];

const chordal = new Set<Sound>(['piano', 'epiano', 'guitar', 'drive', 'strings', 'synth', 'organ', 'choir']);

/** Reads a request's words and decides on tempo, key, band and form. Cheap and pure: the same for the same request. */
export function planSong(request: SongRequest): SongPlan {
  const words = request.words.toLowerCase();
  const random = new SeededRandom(`${request.seed}/plan`);
  const named = genres.find((genre) => genre.words.test(words));
  const character = orchestrate(bendByMood(named?.character ?? plainSong, words, named !== undefined), words);
  const bpm = Math.round(random.between(...character.bpm));
  const mode = random.pick(character.modes);
  const secondsPerBar = (60 / bpm) * character.beatsPerBar;
  // The last chord rings out after the last bar.
  const bars = Math.max(1, Math.floor((request.seconds - ringing(request.seconds)) / secondsPerBar));
  const sections = divide(bars);
  return {
    ...character,
    request,
    bpm,
    mode,
    tonic: 36 + random.whole(0, 11),
    sings: !request.instrumental && request.lyrics.trim() !== '',
    bars,
    sections,
    chords: [...chordsOf(sections, mode, random), 0],
  };
}

/** Seconds after the last bar that belong to the last chord and the reverberation. */
function ringing(seconds: number): number {
  return Math.min(2.5, seconds * 0.15);
}

/** Named instruments take the chords and the tune; a lone piano or guitar needs no band. */
function orchestrate(character: Character, words: string): Character {
  const asked = instruments
    .filter((instrument) => instrument.words.test(words))
    .map((instrument) => instrument.sound);
  const [first, second] = asked;
  const changed = { ...character };
  if (first === undefined) return changed;
  const chords = asked.find((sound) => chordal.has(sound));
  if (chords !== undefined) changed.chordSound = chords;
  changed.leadSound = second !== undefined && chords === first ? second : first;
  if (/\bsolo\b|\balone\b|\bunaccompanied\b/.test(words))
    Object.assign(changed, { drums: 'none', padSound: null, bass: 'none' });
  return changed;
}

/** Intro, then verses and choruses by turns, then outro; a short song has only what it has room for. */
function divide(bars: number): Section[] {
  const intro = bars >= 16 ? 4 : bars >= 8 ? 2 : 0;
  const outro = bars >= 8 ? 2 : 0;
  const block = bars >= 32 ? 8 : 4;
  const blocks = Math.ceil((bars - intro - outro) / block);
  const middle = Array.from({ length: blocks }, (_, turn): Section => {
    const firstBar = intro + turn * block;
    const name = turn % 2 === 0 ? 'verse' : 'chorus';
    return { name, firstBar, bars: Math.min(block, bars - outro - firstBar) };
  });
  const sections: Section[] = [
    { name: 'intro', firstBar: 0, bars: intro },
    ...middle,
    { name: 'outro', firstBar: bars - outro, bars: outro },
  ];
  return sections.filter((section) => section.bars > 0);
}

/** Verses share one walk through the chords, choruses another. */
function chordsOf(sections: readonly Section[], mode: ModeName, random: SeededRandom): number[] {
  const [verse = [0], chorus = verse] = random.shuffled(progressions[mode]);
  return sections.flatMap((section) => {
    const walk = section.name === 'chorus' ? chorus : verse;
    return Array.from({ length: section.bars }, (_, bar) =>
      section.name === 'outro' && bar === section.bars - 1 ? 4 : walk[bar % walk.length]!,
    );
  });
}
