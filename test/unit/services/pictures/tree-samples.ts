import * as fc from 'fast-check';
import type { TreeWords, Version } from '../../../../src/services/pictures/version-tree.ts';
import { anyWords, titles } from './song-samples.ts';

export const words: TreeWords = {
  more: (count) => `+${count} more`,
  here: 'this one',
  untitled: 'Untitled',
  when: (at) => `day ${Math.floor(at / 86_400_000)}`,
};

const day = 86_400_000;
export const version = (id: string, parentId: string | null, rest: Partial<Version> = {}): Version => ({
  id,
  parentId,
  title: `Song ${id}`,
  what: 'Cover',
  by: 'Alice',
  at: Number(id.replace(/\D/g, '')) * day,
  isHere: false,
  ...rest,
});

export const rainTree: Version[] = [
  version('1', null, { what: 'Song' }),
  version('2', '1', { what: 'Extend' }),
  version('3', '2', { by: 'Čeněk 🎸' }),
  version('4', '2', { title: '雨の歌', isHere: true }),
  version('5', '1', { title: 'أغنية المطر', by: 'مرحبا' }),
];

/** Mostly known ones: every strange letter is a question to many fonts. */
const someWords = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...titles) }, anyWords);

/** Rows as a broken database may hold them: parents anywhere, circles, ids twice, times that are none. */
export const anyVersions: fc.Arbitrary<Version[]> = fc.integer({ min: 0, max: 90 }).chain((size) => {
  const id = fc.nat({ max: Math.max(1, size) }).map((number) => `v${number}`);
  return fc.array(
    fc.record({
      id,
      parentId: fc.oneof({ weight: 6, arbitrary: id }, fc.constant(null), fc.constant('nobody')),
      title: someWords,
      what: someWords,
      by: someWords,
      at: fc.oneof(fc.nat(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1)),
      isHere: fc.nat(20).map((chance) => chance === 0),
    }),
    { minLength: size, maxLength: size },
  );
});
