import type { Character, Sound } from './character.ts';

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

/** Named instruments take the chords and the tune; a lone piano or guitar needs no band. */
export function orchestrate(character: Character, words: string): Character {
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
