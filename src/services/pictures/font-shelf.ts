/**
 * The fonts that come with the bot (docs/adr/0004-fonts.md). They are cut into some 370 small files by script and
 * frequency; only those that a text needs are opened, and then kept.
 */
import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import arabic from '@fontsource-variable/noto-sans-arabic/unicode.json' with { type: 'json' };
import hebrew from '@fontsource-variable/noto-sans-hebrew/unicode.json' with { type: 'json' };
import japanese from '@fontsource-variable/noto-sans-jp/unicode.json' with { type: 'json' };
import korean from '@fontsource-variable/noto-sans-kr/unicode.json' with { type: 'json' };
import chinese from '@fontsource-variable/noto-sans-sc/unicode.json' with { type: 'json' };
import thai from '@fontsource-variable/noto-sans-thai/unicode.json' with { type: 'json' };
import latin from '@fontsource-variable/noto-sans/unicode.json' with { type: 'json' };

interface FontFile {
  family: string;
  /** Asked for only when opened: finding 370 files takes a while. */
  path: () => string;
  claims: (codePoint: number) => boolean;
}

const require = createRequire(import.meta.url);

const western = [
  ...filesOf('noto-sans', latin),
  ...filesOf('noto-sans-arabic', arabic),
  ...filesOf('noto-sans-hebrew', hebrew),
  ...filesOf('noto-sans-thai', thai),
  // Colour glyphs, the very ones that Discord shows. Later fonts have some of these characters in black and white.
  {
    family: 'minstrel-emoji',
    path: () => require.resolve('twemoji-colr-font/twemoji.woff2'),
    claims: isEmoji,
  },
];
const eastern = {
  chinese: filesOf('noto-sans-sc', chinese),
  japanese: filesOf('noto-sans-jp', japanese),
  korean: filesOf('noto-sans-kr', korean),
};

/** Chinese and Japanese write many of the same characters a little differently: kana tell which of them a text is. */
const orders = {
  chinese: [...western, ...eastern.chinese, ...eastern.japanese, ...eastern.korean],
  japanese: [...western, ...eastern.japanese, ...eastern.chinese, ...eastern.korean],
};
export type Hand = keyof typeof orders;

/** The family that everything falls back on: it has Latin, the ellipsis and the middle dot. */
export const mainFamily = 'minstrel-noto-sans-latin';

const found = { chinese: new Map<string, string>(), japanese: new Map<string, string>() };

/** Name of a font that can draw the character, opened if need be; undefined if none of ours can. */
export function familyOf(character: string, hand: Hand): string | undefined {
  const known = found[hand].get(character);
  if (known !== undefined) return known;
  const codePoint = character.codePointAt(0) ?? 0;
  // The lists claim a little more than the files hold, and a character that is missing would be drawn as a box.
  const file = orders[hand].find(
    (file) => file.claims(codePoint) && open(file) && draws(file.family, character),
  );
  // Misses are not remembered: strangers choose them, and there are a million.
  if (file !== undefined) found[hand].set(character, file.family);
  return file?.family;
}

const opened = new Map<string, boolean>();

function open({ family, path }: FontFile): boolean {
  let done = opened.get(family);
  if (done === undefined) {
    done = GlobalFonts.registerFromPath(path(), family) !== null;
    opened.set(family, done);
  }
  return done;
}

const glyph = { size: 24, pen: createCanvas(24, 24).getContext('2d') };
const boxes = new Map<string, Buffer>();

/** The canvas can't be asked which characters a font has; but all that it hasn't look like one that nobody has. */
function draws(family: string, character: string): boolean {
  let box = boxes.get(family);
  if (box === undefined) {
    box = picture('\u{10ffff}');
    boxes.set(family, box);
  }
  return !picture(character).equals(box);

  function picture(text: string): Buffer {
    const { size, pen } = glyph;
    pen.clearRect(0, 0, size, size);
    pen.font = `18px "${family}"`;
    pen.fillText(text, 2, 18);
    return Buffer.from(pen.getImageData(0, 0, size, size).data);
  }
}

function filesOf(font: string, subsets: Record<string, string>): FontFile[] {
  return Object.entries(subsets).map(([key, list]) => {
    const subset = key.replace(/[[\]]/g, '');
    const ranges = list.split(',').map((range) => {
      const [from = NaN, to = from] = range
        .slice(2)
        .split('-')
        .map((hex) => Number.parseInt(hex, 16));
      return [from, to] as const;
    });
    return {
      family: `minstrel-${font}-${subset}`,
      path: () => require.resolve(`@fontsource-variable/${font}/files/${font}-${subset}-wght-normal.woff2`),
      claims: (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to),
    };
  });
}

function isEmoji(codePoint: number): boolean {
  // U+20E3 draws the frame of a keycap.
  return codePoint === 0x20e3 || /\p{Emoji}/u.test(String.fromCodePoint(codePoint));
}
