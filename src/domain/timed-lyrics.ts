/** Lyrics with their times as files for players: `.lrc` (karaoke and music players) and `.srt` (subtitles). */
import type { SungWord } from './result.ts';

/** Whole milliseconds. Lines begin one after the other, each lasts at least one, none beyond the next one's start. */
export interface SungLine {
  text: string;
  start: number;
  end: number;
}

/** Where the song API doesn't say where lines end: after a pause, or when a line is as long as a subtitle may be. */
const pauseSeconds = 0.8;
const longLine = 42;
/** No song lasts a day; a time beyond it is nonsense. */
const lastMs = 24 * 3_600_000;
/** Through longer pauses nothing stays on the screen. */
const clearAfterMs = 3_000;

/** Lines that are sung, in the order of their times. Section marks in brackets are left out. */
export function sungLines(words: readonly SungWord[]): SungLine[] {
  const lines = textLines(words)
    .filter(({ text }) => text !== '' && !/^\[[^\]]*\]$/.test(text))
    .map(({ text, start, end }) => ({ text, start: milliseconds(start), end: milliseconds(end) }))
    .toSorted((a, b) => a.start - b.start);
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before !== undefined) line.start = Math.max(line.start, before.start + 1);
  }
  return lines.map(({ text, start, end }, index) => {
    const next = lines[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    return { text, start, end: Math.min(Math.max(end, start + 1), next) };
  });
}

export function toLrc(words: readonly SungWord[], title: string): string {
  const lines = sungLines(words);
  const rows = [`[ti:${lrcText(title)}]`, '[ar:AI-generated]'];
  for (const [index, { text, start, end }] of lines.entries()) {
    rows.push(`[${lrcTime(start)}]${lrcText(text)}`);
    const next = lines[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    if (next - end >= clearAfterMs) rows.push(`[${lrcTime(end)}]`);
  }
  return `${rows.join('\n')}\n`;
}

/** Empty when nothing is sung. */
export function toSrt(words: readonly SungWord[]): string {
  return sungLines(words)
    .map(
      ({ text, start, end }, index) =>
        `${index + 1}\n${srtTime(start)} --> ${srtTime(end)}\n${srtText(text)}\n`,
    )
    .join('\n');
}

/** Words joined to lines. A word may end a line, begin one, or (with a section mark before it) both. */
function textLines(words: readonly SungWord[]): SungWord[] {
  const saysLines = words.some(({ text }) => text.includes('\n'));
  // Whole lines rather than words, where they have blanks inside.
  const areLines = !saysLines && words.some(({ text }) => /\S\s+\S/.test(text));
  const lines: SungWord[] = [];
  let open = false;
  for (const { text, start, end } of words) {
    const ends = Math.max(start, end);
    for (const [index, part] of text.split('\n').entries()) {
      const last = lines.at(-1);
      const goesOn = open && index === 0 && last !== undefined && !areLines;
      if (goesOn && (saysLines || !isFull(last, part, start))) {
        lines[lines.length - 1] = {
          text: joined(last.text, part, words),
          // What comes after a line's end has that line's time until there is a word.
          start: last.text === '' ? start : Math.min(last.start, start),
          end: last.text === '' ? ends : Math.max(last.end, ends),
        };
      } else lines.push({ text: part, start, end: ends });
      open = true;
    }
  }
  return lines.map((line) => ({ ...line, text: line.text.replaceAll(/\s+/g, ' ').trim() }));
}

function isFull(line: SungWord, next: string, start: number): boolean {
  return start - line.end >= pauseSeconds || line.text.length + next.length > longLine;
}

/** Some answers have blanks in their words, some don't; scripts that are written without any get none. */
function joined(line: string, next: string, words: readonly SungWord[]): string {
  const haveBlanks = words.some(({ text }) => /^[ \t]|[ \t]$/.test(text));
  const withoutBlanks =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{P}]$/u.test(line) &&
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(next);
  return haveBlanks || withoutBlanks || line === '' ? line + next : `${line} ${next}`;
}

function milliseconds(seconds: number): number {
  return Math.round(Math.min(Math.max(seconds, 0) * 1000, lastMs)) || 0;
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** Minutes, of which there may be more than 99, seconds, hundredths. */
function lrcTime(ms: number): string {
  return `${two(ms / 60_000)}:${two((ms / 1000) % 60)}.${two((ms / 10) % 100)}`;
}

function srtTime(ms: number): string {
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)},${fraction}`;
}

/** Brackets are times to a player. */
function lrcText(text: string): string {
  return text.replaceAll(/[[<]/g, '(').replaceAll(/[\]>]/g, ')').replaceAll(/\s+/g, ' ').trim();
}

/** Arrows are times, brackets and braces are markup. */
function srtText(text: string): string {
  return text.replaceAll('-->', '→').replaceAll(/[<{]/g, '(').replaceAll(/[>}]/g, ')');
}
