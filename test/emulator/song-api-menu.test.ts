import { describe, expect, test } from 'vitest';
import { wireBody, type ActionKey } from '../../src/domain/actions.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import type { SongInputs } from '../../src/domain/song.ts';
import { readRecord } from '../../src/services/song-api/wire.ts';
import { resultOf } from '../../src/services/song-api/result-of.ts';
import { openSongApi } from './song-api-client.ts';

const rows = Object.entries(builtInCatalogue).filter(([, { how }]) => how === 'submit');

/** Everything that anybody could ask for, so that each row sends every field that it has. */
const inputs = (clip: string, otherClip: string): SongInputs => ({
  prompt: 'rain on a tin roof',
  style: 'calm jazz',
  lyrics: '[Verse]\nrain on the roof\nrain on the road',
  title: 'Rain',
  seed: '7',
  clip,
  otherClip,
  from: 2,
  to: 5,
  strength: 0.5,
  format: 'wav',
  fileUrl: 'http://127.0.0.1/own.ogg',
  tags: 'jazz',
  soundType: 'loop',
  bpm: 120,
  key: 'F#m',
  degree: 'high',
});

describe("the bot's catalogue and the emulator agree", () => {
  test.each(rows.filter(([key]) => key !== 'suno/PERSONA'))('on %s', async (key, action) => {
    const client = await openSongApi({ enabled: 'all', songSeconds: 6 });
    const { platform, token } = action;
    const made = async (path: string, body: object): Promise<string> => {
      const id = await client.submit(body, path);
      client.api.finishAll();
      return client.api.tasks.get(id)?.clips[0]?.clipId ?? '';
    };
    const song = { prompt: 'la la la', tags: 'pop', custom: true };
    const [parent, other] = [
      await made(`/${platform}/submit/MUSIC`, song),
      await made(`/${platform}/submit/MUSIC`, song),
    ];
    // Only what goes on from another song can be joined to it.
    const longer = await made(`/${platform}/submit/EXTEND`, { clip_id: parent });
    const body = wireBody(action, inputs(key === 'suno/CONCAT' ? longer : parent, other));
    const id = await client.submit(body, `/${platform}/submit/${token}`);
    client.api.finishAll();
    const record = await client.fetchOne(id, platform);
    expect(record).toMatchObject({ status: 'SUCCESS', action: token });
    const read = readRecord(record);
    expect(read?.phase).toBe('succeeded');
    const result = read?.payload && resultOf(read.payload, action.yields);
    expect(result, `${action.yields} in ${JSON.stringify(record.data).slice(0, 500)}`).toBeTruthy();
  });

  test('on what is unavailable, and that there is nothing else', () => {
    expect(rows).toHaveLength(35);
    expect(builtInCatalogue['suno/PERSONA' satisfies ActionKey]).toBeDefined();
  });
});
