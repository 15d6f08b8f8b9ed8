import * as fc from 'fast-check';
import type { SongPicture } from '../../../../src/services/pictures/song-picture.ts';

export const rain: SongPicture = {
  title: 'Rain on a Tin Roof',
  style: 'slow sad piano, felt, close microphones',
  model: 'v5',
  engine: 'Suno',
  seconds: 187,
  peaks: Array.from({ length: 300 }, (_, index) => Math.abs(Math.sin(index / 9) * Math.sin(index / 97))),
  seed: 'job_1',
};

/** Titles in the scripts that people write, which every picture must be able to show. */
export const titles = [
  'Zoë Žižka',
  'Тихая ночь над рекой',
  'Ωμέγα',
  '夜に駆ける風の歌、そして君の声が聞こえる',
  '张伟的音乐频道，永远不会结束的夏天的风',
  '한국어로 부르는 아주 긴 제목의 노래 한 곡',
  'أغنية المطر الأخيرة في المدينة القديمة',
  'שיר לילה קטן',
  'ฝนตกที่หน้าต่างในคืนที่เธอไม่อยู่กับฉัน',
  '🎸🔥 Metal 🤘 Mayhem ❤️‍🔥',
  'A very long title that somebody wrote to see what happens when there is no end to it, and on it goes',
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen',
];

export const anyWords = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(...titles),
  fc.constantFrom(
    '',
    ' ',
    '\ud83d',
    'M'.repeat(5000),
    '\u202eevil',
    '\u2068'.repeat(400),
    '((((',
    'a\nb',
    '🎵'.repeat(80),
    '```',
  ),
);

const peak = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(-1, 7, Number.NaN, Number.POSITIVE_INFINITY),
);

export const anySong: fc.Arbitrary<SongPicture> = fc.record(
  {
    title: anyWords,
    style: anyWords,
    model: anyWords,
    engine: anyWords,
    seconds: fc.oneof(fc.constantFrom(null, Number.NaN, -5, 1e12), fc.nat(4000)),
    peaks: fc.array(peak, { maxLength: 400 }),
    seed: fc.string(),
  },
  { requiredKeys: ['title', 'style', 'model', 'engine', 'seconds', 'seed'] },
);
