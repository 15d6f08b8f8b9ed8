import { readdir, writeFile } from 'node:fs/promises';
import { WavOutputFormat } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/domain/errors.ts';
import type { Track } from '../../../../src/domain/track.ts';
import { systemClock } from '../../../../src/services/clock.ts';
import { ExportSongs } from '../../../../src/services/delivery/export-songs.ts';
import type { Letter } from '../../../../src/services/delivery/roads.ts';
import { MediaError } from '../../../../src/services/song-api/media.ts';
import { en } from '../../../../src/services/text/en.ts';
import type { Visit } from '../../../../src/services/visit.ts';
import { listeningLog } from '../../../support/quiet.ts';
import { recordTone } from '../../../support/record-tone.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { alice, track } from '../../../support/tracks.ts';

const tone = await recordTone(new WavOutputFormat(), 'pcm-s16');

/** Exports these songs to a Discord that takes so many bytes a message, and a list of what it took. */
async function exported(tracks: readonly Track[], mostBytes: number) {
  const folder = tempDir();
  const { log } = listeningLog('silent');
  const sent: { fileNames: string[]; text: string; bytes: number }[] = [];
  const tooLarge: number[] = [];
  const take = async ({ files, card }: Letter) => {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes > mostBytes) {
      tooLarge.push(bytes);
      throw Object.assign(new Error('too large'), { status: 413 });
    }
    const text = card.embeds[0]?.description ?? '';
    sent.push({ fileNames: files.map(({ fileName }) => fileName), text, bytes });
    return { messageId: '1', pinged: false };
  };
  const media = {
    async download(address: string, path: string) {
      if (address.includes('gone')) throw new MediaError('gone', undefined);
      await writeFile(path, tone);
      return tone.byteLength;
    },
  };
  const library = new ExportSongs({
    media,
    folder,
    log,
    clock: systemClock,
    freshResult: async () => null,
    jobs: { find: async () => undefined },
    tracks: {
      list: async (_viewer, _search, { offset, limit }) => ({
        tracks: tracks.slice(offset, offset + limit),
        count: tracks.length,
      }),
    },
    roads: { answer: (_card, letter) => take(letter), followUp: (_card, letter) => take(letter) },
  });
  const visit = {
    userId: alice,
    words: en,
    receivedAt: systemClock.now(),
    attachmentLimit: 10 * 1024 * 1024,
  } as Visit;
  const plan = library.plan(visit, undefined);
  return { library, visit, run: plan.run, sent, tooLarge, folder };
}

describe('songs that are exported', () => {
  it('come in less and less a message until Discord takes it, all of them, and leave nothing behind', async () => {
    const songs = Array.from({ length: 5 }, (_, n) => track(n, { lyrics: 'la' }));
    const { run, sent, tooLarge, folder } = await exported(songs, 2.5 * tone.byteLength);
    await run();
    expect(tooLarge.length).toBeGreaterThan(0);
    expect(sent.length).toBeGreaterThan(1);
    const counts = sent.map(({ text }) => Number(/(\d+) songs?\./.exec(text)?.[1]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(sent.every(({ text }) => !text.includes('without'))).toBe(true);
    expect(sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(5 * tone.byteLength);
    expect(sent[1]?.fileNames[0]).toMatch(/^songs-2/);
    await expect(readdir(folder)).resolves.toEqual([]);
  });

  it('are told of by their address where their audio is gone or fits into no message', async () => {
    const songs = [track(1, { audioUrl: 'https://x.example/gone' }), track(2, { audioUrl: null }), track(3)];
    const { run, sent } = await exported(songs, 2 * tone.byteLength);
    await run();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toMatch(/3 songs\. 2 without audio/);
    const none = await exported([track(1)], tone.byteLength / 2);
    await none.run();
    expect(none.sent.at(-1)?.text).toContain('1 without audio');
  });

  it('are packed one request at a time for a member', async () => {
    const { library, visit, run } = await exported([track(1)], 1e9);
    const first = run();
    expect(() => library.plan(visit, undefined)).toThrow(Refusal);
    await first;
    expect(() => library.plan(visit, undefined)).not.toThrow();
    library.close();
    const late = library.plan(visit, undefined).run();
    await expect(late).rejects.toMatchObject({ reason: { is: 'shutting-down' } });
  });
});
