import { describe, expect, it } from 'vitest';
import { discordLimits } from '../../../../src/domain/limits.ts';
import type { Shelf } from '../../../../src/domain/shelf.ts';
import { shelfView, songsOnPage } from '../../../../src/services/library/shelf-view.ts';
import { en } from '../../../../src/services/text/en.ts';
import { track } from '../../../support/tracks.ts';

const shelf: Shelf = { whose: 'server', engine: null, kind: null, words: '' };
const kindOf = (): string => 'Cover';
const view = (more: Partial<Parameters<typeof shelfView>[0]>) =>
  shelfView({ shelf, page: 1, tracks: [], count: 0, kindOf, ...more }, en, 0);

describe('a page of songs', () => {
  it.each(['mine', 'server', 'favourites', 'everything'] as const)('of %s says how to fill it', (whose) => {
    const empty = JSON.stringify(view({ shelf: { ...shelf, whose } }));
    expect(empty).toContain(en.songs.none[whose]);
    const nothingFits = view({ shelf: { ...shelf, whose, words: 'rain', kind: 'cover', engine: 'suno' } });
    expect(JSON.stringify(nothingFits)).toContain('Only: “rain” · Cover · Suno');
    expect(JSON.stringify(nothingFits)).toContain('No song fits');
    expect(nothingFits.components).toEqual([]);
  });

  it('fits into a message whatever the songs are called, and no title breaks out of its line', () => {
    const evil = '**[x](https://evil.example)**\n# `'.repeat(40);
    const tracks = Array.from({ length: songsOnPage }, (_, n) => track(n, { title: evil, take: 2 }));
    const [embed] = view({ tracks, count: 99_990, page: 9_999 }).embeds as [{ description: string }];
    expect(embed.description.length).toBeLessThanOrEqual(discordLimits.embedDescription);
    expect(embed.description.split('\n')).toHaveLength(songsOnPage);
    expect(embed.description).not.toMatch(/\]\(|`|\n#/);
  });

  it('is turned only where there is somewhere to turn to', () => {
    const tracks = [track(1)];
    const turners = (page: number, count: number): unknown[] =>
      ((view({ tracks, page, count }).components?.[1] as { components?: unknown[] })?.components ?? []).map(
        (button) => (button as { disabled: boolean }).disabled,
      );
    expect(turners(1, 10)).toEqual([]);
    expect(turners(1, 11)).toEqual([true, false]);
    expect(turners(2, 21)).toEqual([false, false]);
    expect(turners(2, 20)).toEqual([false, true]);
  });
});
