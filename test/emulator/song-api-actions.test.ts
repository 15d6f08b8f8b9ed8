import { describe, expect, test } from 'vitest';
import { eventually } from '../../playground/eventually.ts';
import { openSongApi, type SongApiClient } from './song-api-client.ts';

const everything = ['MUSIC', 'EXTEND', 'COVER', 'STEMS', 'LYRICS', 'UPLOAD', 'DOWNLOAD'].map(
  (action) => `producer_${action.toLowerCase()}`,
);
const suno = ['suno_music', 'suno_bpm', 'suno_aligned_lyrics', 'suno_upsample_tags'];
const open = (): Promise<SongApiClient> =>
  openSongApi({ enabled: [...everything, ...suno], serveUploads: true });

async function run(client: SongApiClient, path: string, body: object): Promise<unknown> {
  const id = await client.submit(body, path);
  client.api.finishAll();
  const record = await client.fetchOne(id);
  return record.status === 'SUCCESS' ? record.data : record.fail_reason;
}
const clipsOf = (data: unknown): Record<string, unknown>[] =>
  (data as { clips: Record<string, unknown>[] }).clips;

describe('follow-ups', () => {
  test('work on a clip id, never on a task id', async () => {
    const client = await open();
    const song = await client.submit({ prompt: 'march', title: 'Left, Right', lyrics: 'left right left' });
    client.api.finishAll();
    const clipId = client.api.tasks.get(song)?.clips[0]?.clipId;
    expect(await run(client, '/producer/submit/COVER', { clip_id: song, style: 'jazz' })).toBe(
      'clip not found',
    );
    const cover = await run(client, '/producer/submit/COVER', { clip_id: clipId, style: 'jazz' });
    expect(clipsOf(cover)).toMatchObject([
      { title: 'Left, Right', sound: 'jazz', lyrics: 'left right left' },
    ]);
    const stems = clipsOf(await run(client, '/producer/submit/STEMS', { music_id: clipId }));
    expect(stems.map((clip) => clip['title'])).toContain('Left, Right (Vocals)');
    const audio = await fetch(String(stems[0]?.['audio_url']));
    expect((await audio.arrayBuffer()).byteLength).toBeGreaterThan(1000);
    const bpm = await run(client, '/suno/submit/BPM', { clip_id: clipId });
    expect(bpm).toEqual({
      avg_bpm: expect.any(Number) as number,
      max_bpm: expect.any(Number) as number,
      min_bpm: expect.any(Number) as number,
    });
    const aligned = await run(client, '/suno/submit/ALIGNED_LYRICS', { music_id: clipId });
    expect((aligned as { alignment: { word: string }[] }).alignment[0]).toMatchObject({ word: 'left ' });
  });

  test('without clips answer in words', async () => {
    const client = await open();
    expect(await run(client, '/producer/submit/LYRICS', { prompt: 'the sea at night' })).toEqual({
      title: expect.any(String) as string,
      lyrics: expect.stringContaining('[Chorus]') as string,
    });
    expect(await run(client, '/suno/submit/UPSAMPLE_TAGS', { tags: 'jazz, smooth' })).toMatchObject({
      upsampled_tags: expect.stringMatching(/^jazz, smooth, /) as string,
    });
  });

  test('an upload takes in what is at its address, or fails', async () => {
    const client = await open();
    const { api, submit, fetchOne } = client;
    api.media.publish('/producer-app-public/own.ogg', 'audio/ogg', async () => Buffer.from('my own song'));
    const done = async (address: string): Promise<Awaited<ReturnType<typeof fetchOne>>> => {
      const id = await submit({ audio_url: address }, '/producer/submit/UPLOAD');
      return eventually('the upload to end', async () => {
        api.finishAll();
        const record = await fetchOne(id);
        return record.finish_time > 0 ? record : undefined;
      });
    };
    const upload = await done(`${api.url}/producer-app-public/own.ogg`);
    const file = await fetch(upload.result_url ?? '');
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['audio/ogg', 'my own song']);
    expect(await done(`${api.url}/producer-app-public/none.ogg`)).toMatchObject({ status: 'FAILURE' });
  });
});
