import * as fc from 'fast-check';
import type { Usage } from '../../../../src/services/pictures/usage.ts';

const days = (count: number, perAction: (day: number) => Record<string, number>): Usage['days'] =>
  Array.from({ length: count }, (_, day) => ({ label: `${day + 1} Nov`, perAction: perAction(day) }));

export const empty: Usage = {
  title: 'Quiet Corner',
  span: '1 Nov – 30 Nov 2026 (UTC)',
  used: 0,
  reserved: 0,
  allowance: 100,
  days: days(3, () => ({})),
  members: [],
  actions: [],
  forecast: null,
};

export const typical: Usage = {
  ...empty,
  title: 'The Lute Room',
  used: 80,
  reserved: 6,
  allowance: 120,
  days: days(19, (day) => ({ Song: (day * 5) % 7, Cover: day % 3, Stems: day % 4 === 0 ? 1 : 0 })),
  members: [
    { name: 'Alice', used: 42 },
    { name: 'Čeněk 🎸', used: 20 },
    { name: 'Дарья', used: 13 },
    { name: '小夜曲', used: 5 },
  ],
  actions: [
    { label: 'Song', used: 57 },
    { label: 'Cover', used: 18 },
    { label: 'Stems', used: 5 },
  ],
  forecast: 'At this pace the credits end on 28 Nov',
};

const manyActions = Array.from({ length: 12 }, (_, n) => `Action with a long label ${n + 1}`);

export const full: Usage = {
  title: '音楽好きの集まる広場 🎶 and a server name that goes on and on and on and on and on',
  span: '1 Dec – 31 Dec 2026 (America/Argentina/Buenos_Aires)',
  used: 1_000_000,
  reserved: 999_999,
  allowance: 9_999_999,
  days: days(31, (day) => Object.fromEntries(manyActions.map((label, n) => [label, day * n * 100]))),
  members: [
    'A member with a very very long display name',
    '日本語の名前が長い人です、こんにちは世界',
    '张伟的音乐频道',
    '한국어 사용자 이름',
    '👨‍👩‍👧‍👦🇩🇪❤️‍🔥🎵🏳️‍🌈',
    '𝓕𝓪𝓷𝓬𝔂',
    'مرحبا بالعالم',
    'שלום ไทย नमस्ते',
    'others (41)',
  ].map((name, n) => ({ name, used: 1_000_000 >> n })),
  actions: manyActions.map((label, n) => ({ label, used: 46_500 * n })),
  forecast: 'At this pace the credits end on 29 Dec, two days before the period is over, which is soon',
};

const credits = fc.oneof(
  fc.nat(300),
  fc.constantFrom(
    0,
    1,
    1_000_000,
    9_999_999,
    -20,
    1e15,
    Number.MAX_VALUE,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ),
);
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('', ' ', '\ud83d', 'M'.repeat(5000), '\u202eevil', '__proto__', 'a\nb', '🎵'.repeat(80)),
);

export const anyUsage: fc.Arbitrary<Usage> = fc.record({
  title: words,
  span: words,
  used: credits,
  reserved: credits,
  allowance: credits,
  days: fc.array(fc.record({ label: words, perAction: fc.dictionary(words, credits, { maxKeys: 12 }) }), {
    maxLength: 31,
  }),
  members: fc.array(fc.record({ name: words, used: credits }), { maxLength: 12 }),
  actions: fc.array(fc.record({ label: words, used: credits }), { maxLength: 12 }),
  forecast: fc.option(words),
});
