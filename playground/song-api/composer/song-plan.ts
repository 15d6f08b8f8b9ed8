import { SeededRandom } from '../seeded-random.ts';
import type { Character } from './character.ts';
import { genres, plainSong } from './genres.ts';
import { bendByMood } from './moods.ts';
import { progressions, type ModeName } from './modes.ts';
import { orchestrate } from './orchestrate.ts';
import { readKey } from './read-key.ts';
import { chordsOf, divide, type Section, type Walks } from './song-form.ts';
import type { Keeps, SongRequest, SoundWish } from './song-request.ts';

const loopBars = 4;
const strokeSeconds = 2;

/** Every decision about a song but its notes. */
export interface SongPlan extends Omit<Character, 'bpm' | 'modes'> {
  request: SongRequest;
  bpm: number;
  /** The key's lowest useful note, MIDI 36 to 47. */
  tonic: number;
  mode: ModeName;
  sings: boolean;
  /** A man's or a woman's, roughly. */
  voice: 'low' | 'high';
  /** Length of the audio. */
  seconds: number;
  bars: number;
  sections: Section[];
  /** Whether a last chord rings out; a loop starts over instead. */
  ends: boolean;
  walks: Walks;
  /** A chord's degree for each bar, and one more for the last chord that rings out. */
  chords: number[];
  /** What the notes are drawn from. */
  seeds: { tune: number; band: number };
}

/** Reads a request's words and decides on tempo, key, band and form. Cheap and pure: the same for the same request. */
export function planSong(request: SongRequest): SongPlan {
  const own = planFresh(request);
  if (request.kin === undefined) return own;
  const { of, keeps } = request.kin;
  return inherit(own, planSong(of), keeps);
}

function planFresh(request: SongRequest): SongPlan {
  const words = request.words.toLowerCase();
  const { sound } = request;
  const random = new SeededRandom(`${request.seed}/plan`);
  const named = genres.find((genre) => genre.words.test(words));
  const character = orchestrate(bendByMood(named?.character ?? plainSong, words, named !== undefined), words);
  const wished = sound?.bpm ?? null;
  const bpm =
    wished !== null ? Math.min(240, Math.max(40, wished)) : Math.round(random.between(...character.bpm));
  const drawn = random.pick(character.modes);
  const tonic = 36 + random.whole(0, 11);
  const key = readKey(sound?.key ?? words, sound !== undefined);
  const mode = key?.mode ?? drawn;
  const form =
    sound === undefined
      ? lay(bpm, character.beatsPerBar, request.seconds, true)
      : laySound(bpm, character.beatsPerBar, sound.form);
  const [verse = [0], chorus = verse] = random.shuffled(progressions[mode]);
  const walks = { verse, chorus };
  return {
    ...character,
    request,
    bpm,
    mode,
    tonic: key?.tonic ?? tonic,
    sings: sings(request),
    voice: voiceOf(words, random, request),
    ...form,
    walks,
    chords: [...chordsOf(form.sections, walks), 0],
    seeds: { tune: request.seed, band: request.seed },
  };
}

function inherit(own: SongPlan, parent: SongPlan, keeps: Keeps): SongPlan {
  const { request } = own;
  const music = {
    ...parent,
    request,
    sings: sings(request),
    voice: request.otherVoice === true ? other(parent.voice) : parent.voice,
  };
  switch (keeps) {
    case 'everything':
      return music;
    case 'band':
      return { ...music, seeds: { tune: request.seed, band: parent.seeds.band } };
    case 'chords': {
      const { bpm, beatsPerBar, tonic, mode, walks, chords, voice } = music;
      const { seconds, bars, sections, ends } = music;
      const kept = { bpm, beatsPerBar, tonic, mode, walks, chords, voice, seconds, bars, sections, ends };
      return { ...own, ...kept, seeds: { tune: parent.seeds.tune, band: request.seed } };
    }
    case 'theme': {
      const form = lay(parent.bpm, parent.beatsPerBar, request.seconds, false);
      return { ...music, ...form, chords: [...chordsOf(form.sections, parent.walks), 0] };
    }
  }
}

type Form = Pick<SongPlan, 'seconds' | 'bars' | 'sections' | 'ends'>;

/** As many bars as there is time for. The last chord rings out after the last bar. */
function lay(bpm: number, beatsPerBar: number, seconds: number, withIntro: boolean): Form {
  const ringing = Math.min(2.5, seconds * 0.15);
  const bars = Math.max(1, Math.floor((seconds - ringing) / ((60 / bpm) * beatsPerBar)));
  return { seconds, bars, sections: divide(bars, withIntro), ends: true };
}

function laySound(bpm: number, beatsPerBar: number, form: SoundWish['form']): Form {
  const bars = form === 'loop' ? loopBars : 1;
  const seconds = form === 'loop' ? (bars * beatsPerBar * 60) / bpm : strokeSeconds;
  return { seconds, bars, sections: [{ name: 'chorus', firstBar: 0, bars }], ends: false };
}

function sings(request: SongRequest): boolean {
  return !request.instrumental && request.sound === undefined && request.lyrics.trim() !== '';
}

function voiceOf(words: string, random: SeededRandom, request: SongRequest): SongPlan['voice'] {
  const drawn = random.chance(0.5) ? 'low' : 'high';
  const asked = /\bfemale\b|\bwoman\b|\bsoprano\b|\bgirl\b/.test(words)
    ? 'high'
    : /\bmale\b|\bman\b|\bbaritone\b|\bbass voice\b/.test(words)
      ? 'low'
      : drawn;
  return request.otherVoice === true ? other(asked) : asked;
}

function other(voice: SongPlan['voice']): SongPlan['voice'] {
  return voice === 'low' ? 'high' : 'low';
}
