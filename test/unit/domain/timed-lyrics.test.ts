import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SungWord } from '../../../src/domain/result.ts';
import { sungLines, toLrc, toSrt } from '../../../src/domain/timed-lyrics.ts';

const word = (text: string, start: number, end: number): SungWord => ({ text, start, end });
const texts = (words: SungWord[]): string[] => sungLines(words).map(({ text }) => text);

const song = [
  word('[Verse 1]\nRain ', 12.5, 12.9),
  word('over ', 13, 13.2),
  word('the ', 13.25, 13.3),
  word('sea\n', 13.4, 14.2),
  word('falls ', 15, 15.4),
  word('on ', 15.5, 15.6),
  word('me\n\n', 15.7, 16.5),
  word('[Chorus]\nOh\n', 61.004, 62),
];

it('makes an .lrc file', () => {
  expect(toLrc(song, 'Rain [demo]')).toBe(
    [
      '[ti:Rain (demo)]',
      '[ar:AI-generated]',
      '[00:12.50]Rain over the sea',
      '[00:15.00]falls on me',
      '[00:16.50]',
      '[01:01.00]Oh',
      '[01:02.00]',
      '',
    ].join('\n'),
  );
});

it('makes an .srt file', () => {
  expect(toSrt(song)).toBe(
    [
      '1',
      '00:00:12,500 --> 00:00:14,200',
      'Rain over the sea',
      '',
      '2',
      '00:00:15,000 --> 00:00:16,500',
      'falls on me',
      '',
      '3',
      '00:01:01,004 --> 00:01:02,000',
      'Oh',
      '',
    ].join('\n'),
  );
});

describe('lines', () => {
  it('may be given as such', () => {
    expect(texts([word('Rain over the sea', 1, 2), word('falls on me', 2, 3)])).toEqual([
      'Rain over the sea',
      'falls on me',
    ]);
  });

  it('end at a pause or when they get long, where nobody says so', () => {
    const many = Array.from({ length: 12 }, (_, n) => word('raindrops', n / 2, n / 2 + 0.4));
    const lines = texts([word('Rain', 0, 0.5), word('falls', 0.6, 1), word('down', 2, 2.4)]);
    expect(lines).toEqual(['Rain falls', 'down']);
    expect(texts(many).every((line) => line.length <= 42)).toBe(true);
    expect(texts(many).length).toBe(3);
  });

  it('are joined without blanks in scripts that have none', () => {
    expect(texts([word('雨', 0, 1), word('の', 1, 2), word('歌\n', 2, 3)])).toEqual(['雨の歌']);
    expect(texts([word('Rain', 0, 1), word('falls\n', 1, 2)])).toEqual(['Rain falls']);
  });

  it('come in the order of their times', () => {
    expect(texts([word('late\n', 9, 10), word('early\n', 1, 2)])).toEqual(['early', 'late']);
  });
});

it('has more than 99 minutes and more than an hour', () => {
  const late = [word('still here\n', 6000.5, 6001)];
  expect(toLrc(late, 'x')).toContain('[100:00.50]still here');
  expect(toSrt(late)).toContain('01:40:00,500 --> 01:40:01,000');
});

it('leaves no markup in the words', () => {
  const sly = [word('[00:01.00]a <00:02> <b>c</b> {\\an8} 1 --> 2\n', 1, 2)];
  expect(toLrc(sly, '[x]').split('\n')[2]).toBe('[00:01.00](00:01.00)a (00:02) (b)c(/b) {\\an8} 1 --) 2');
  expect(toSrt(sly).split('\n')[2]).toBe('[00:01.00]a (00:02) (b)c(/b) (\\an8) 1 → 2');
});

const time = fc.oneof(fc.double({ min: 0, max: 400, noNaN: true }), fc.double({ min: 0, noNaN: true }));
const text = fc.oneof(
  fc.constantFrom('la', 'la ', 'la\n', '\n', '', '[Chorus]', 'a\r\nb', '-->', '雨', 'a b'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const anyWords = fc.array(fc.record({ text, start: time, end: time }), { maxLength: 40 });

describe('whatever the words and times', () => {
  it('lines follow each other, each lasts, none overlaps', () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        let free = 0;
        for (const { start, end } of sungLines(words)) {
          expect(Number.isSafeInteger(start) && Number.isSafeInteger(end)).toBe(true);
          expect(start).toBeGreaterThanOrEqual(free);
          expect(end).toBeGreaterThan(start);
          free = end;
        }
      }),
    );
  });

  it('no letter of a sung line is lost', () => {
    const letters = (all: readonly { text: string }[]): string =>
      all.map((one) => one.text.replaceAll(/\s/g, '')).join('');
    const rising = fc.array(fc.constantFrom('la', 'la ', 'ti\n', '雨', "don't "), { maxLength: 40 });
    fc.assert(
      fc.property(rising, fc.double({ min: 0.1, max: 3, noNaN: true }), (parts, step) => {
        const words = parts.map((part, n) => word(part, n * step, n * step + step / 2));
        expect(letters(sungLines(words))).toBe(letters(words));
      }),
    );
  });

  it('every row of an .lrc file has a head, and its times never go back', () => {
    fc.assert(
      fc.property(anyWords, fc.string({ unit: 'binary' }), (words, title) => {
        const rows = toLrc(words, title).split('\n');
        expect(rows.pop()).toBe('');
        const times = rows.slice(2).map((row) => {
          const parts = /^\[(\d{2,}):([0-5]\d)\.(\d\d)\][^[\]<>]*$/.exec(row);
          if (parts === null) throw new Error(`not a row: ${row}`);
          return Number(parts[1]) * 6000 + Number(parts[2]) * 100 + Number(parts[3]);
        });
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });

  it('every block of an .srt file has a number, two times and words', () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const blocks = toSrt(words)
          .split(/(?<=\n)\n/)
          .filter((block) => block !== '');
        for (const [index, block] of blocks.entries()) {
          const [number, times, line, ...rest] = block.split('\n');
          expect(number).toBe(String(index + 1));
          expect(times).toMatch(/^\d\d:[0-5]\d:[0-5]\d,\d{3} --> \d\d:[0-5]\d:[0-5]\d,\d{3}$/);
          expect(line).not.toBe('');
          expect(rest).toEqual(['']);
        }
      }),
    );
  });
});
