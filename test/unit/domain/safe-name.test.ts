import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from '../../../src/domain/safe-name.ts';

describe('a safe name', () => {
  it('is never a path, hidden, a device or empty, and stays itself when made safe again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const name = safeName(title);
        expect(name).toMatch(/^[^./\\:*?"<>|\p{Cc}]+$/u);
        expect(name.length).toBeLessThanOrEqual(60 + 'song '.length);
        expect(safeName(name)).toBe(name);
      }),
    );
  });
});
