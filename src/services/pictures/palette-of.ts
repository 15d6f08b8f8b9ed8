import { hashOf } from './seeded.ts';

/** Colours that go together, as #rrggbb. */
export interface Palette {
  /** Dark enough to write on in white. */
  deep: string;
  mid: string;
  /** Told apart from each other and from `deep`; the last is the lightest. */
  accents: readonly [string, string, string];
}

/** Roots of words that call for a palette; styles are mostly written in English, whatever the language of the song. */
const moods: readonly { words: RegExp; palette: Palette }[] = [
  {
    words: /metal|punk|hard|grunge|trap|drill|rage|angry|aggressive|fire/g,
    palette: { deep: '#1b0b0e', mid: '#6d1a1f', accents: ['#e4572e', '#ffb100', '#f7e3c4'] },
  },
  {
    words: /techno|edm|rave|electro|synth|disco|dance|club|house|cyber|neon|trance|happy/g,
    palette: { deep: '#170b2e', mid: '#51208c', accents: ['#ff2e93', '#22d3ee', '#ffe066'] },
  },
  {
    words: /folk|acoustic|country|bluegrass|celtic|guitar|banjo|forest|medieval/g,
    palette: { deep: '#1b2a1d', mid: '#4d6b3c', accents: ['#c7803a', '#93b858', '#eedcae'] },
  },
  {
    words: /jazz|soul|blues|lounge|swing|funk|r&b|gospel|smoky|sax/g,
    palette: { deep: '#200f29', mid: '#67264f', accents: ['#b23a63', '#e08e2b', '#f6d69a'] },
  },
  {
    words: /lo-?fi|chill|dream|sleep|study|bedroom|vapor|soft|lullaby/g,
    palette: { deep: '#282240', mid: '#62578d', accents: ['#ef9fa7', '#8fcfd4', '#f9dcc4'] },
  },
  {
    words: /pop|summer|sunny|upbeat|cheerful|bright|ukulele|kids|love/g,
    palette: { deep: '#33143f', mid: '#a03a72', accents: ['#ff6f61', '#59d0c4', '#ffd86b'] },
  },
  {
    words: /orchestr|cinematic|classical|epic|choir|opera|baroque|string|trailer|anthem|march/g,
    palette: { deep: '#0d1526', mid: '#2a3c69', accents: ['#6d93cf', '#d0a044', '#f5e4b5'] },
  },
  {
    words: /reggae|latin|samba|salsa|bossa|afro|cumbia|tropical|carib|island|mambo/g,
    palette: { deep: '#072d29', mid: '#0f6f5c', accents: ['#ff6b3d', '#7cd967', '#ffd447'] },
  },
  {
    words: /ambient|winter|ice|cold|space|meditat|drone|minimal|ocean|sea|snow/g,
    palette: { deep: '#0a2430', mid: '#20626e', accents: ['#f0937d', '#63c3c4', '#dcf3ef'] },
  },
  {
    words: /sad|slow|piano|ballad|melanchol|rain|night|lonely|blue|tear|dark/g,
    palette: { deep: '#0b1a35', mid: '#22517f', accents: ['#4c93d6', '#f2b84b', '#cfe6f5'] },
  },
];

/** By what the style asks for most; a style that says nothing of the kind gets one by chance, always the same. */
export function paletteOf(style: string, seed: string): Palette {
  const said = style.slice(0, 1000).toLowerCase().trim();
  const ranked = moods
    .map(({ words, palette }) => ({ palette, count: said.match(words)?.length ?? 0 }))
    .toSorted((a, b) => b.count - a.count);
  const [first] = ranked;
  if (first === undefined) throw new TypeError('no palettes');
  if (first.count > 0) return first.palette;
  return (moods[hashOf(said || seed) % moods.length] ?? first).palette;
}
