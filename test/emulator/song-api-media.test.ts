import { fileTypeFromBuffer } from 'file-type';
import { describe, expect, test } from 'vitest';
import type { TaskScript } from '../../playground/song-api/emulated-task.ts';
import { openSongApi, type SongApiClient } from './song-api-client.ts';

const bytes = Buffer.from('0123456789'.repeat(10));

/** The address of a finished song's audio. */
async function audioUrl(client: SongApiClient, script: TaskScript = { audioBytes: bytes }): Promise<string> {
  client.api.next(script);
  const id = await client.submit({ prompt: 'a short march' });
  client.api.finishAll();
  const record = await client.fetchOne(id);
  return record.result_url ?? '';
}

describe('the media host', () => {
  test('serves a real song and a real cover, without a key', async () => {
    const client = await openSongApi();
    const audio = await fetch(await audioUrl(client, {}));
    expect(audio.headers.get('content-type')).toBe('audio/mp4');
    const song = Buffer.from(await audio.arrayBuffer());
    expect(audio.headers.get('content-length')).toBe(String(song.length));
    expect(await fileTypeFromBuffer(song)).toMatchObject({
      mime: expect.stringMatching(/mp4|m4a/) as string,
    });
    const [task] = [...client.api.tasks.values()];
    const cover = await fetch(task?.clips[0]?.imageUrl ?? '');
    expect(cover.headers.get('content-type')).toBe('image/jpeg');
    expect(await fileTypeFromBuffer(Buffer.from(await cover.arrayBuffer()))).toMatchObject({ ext: 'jpg' });
  });

  test('serves ranges', async () => {
    const url = await audioUrl(await openSongApi());
    const part = async (range: string): Promise<[number, string | null, string]> => {
      const response = await fetch(url, { headers: { range } });
      return [response.status, response.headers.get('content-range'), await response.text()];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/100', '234']);
    expect(await part('bytes=98-')).toEqual([206, 'bytes 98-99/100', '89']);
    expect(await part('bytes=-3')).toEqual([206, 'bytes 97-99/100', '789']);
    expect((await part('bytes=200-'))[0]).toBe(416);
    expect((await part('lines=1'))[0]).toBe(200);
  });

  test('has nothing before the task is done, and may come late even then', async () => {
    const client = await openSongApi();
    const url = await audioUrl(client, { audioBytes: bytes, audioManner: { lagMs: 5000 } });
    expect((await fetch(url)).status).toBe(404);
    client.pass(5000);
    expect((await fetch(url)).status).toBe(200);
    client.api.media.withdraw(new URL(url).pathname);
    expect((await fetch(url)).status).toBe(404);
  });

  test('can be slow, short, without a length, of the wrong type, or endless', async () => {
    const client = await openSongApi();
    const slow = await fetch(
      await audioUrl(client, { audioBytes: bytes, audioManner: { bytesPerSecond: 1000 } }),
    );
    expect(Buffer.from(await slow.arrayBuffer())).toEqual(bytes);
    const short = await fetch(await audioUrl(client, { audioBytes: bytes, audioManner: { onlyBytes: 7 } }));
    expect(await short.text()).toBe('0123456');
    const bare = await fetch(
      await audioUrl(client, {
        audioBytes: bytes,
        contentType: 'text/html',
        audioManner: { withoutLength: true },
      }),
    );
    expect([bare.headers.get('content-length'), bare.headers.get('content-type')]).toEqual([
      null,
      'text/html',
    ]);
    await bare.arrayBuffer();
    const endless = await fetch(
      await audioUrl(client, { audioBytes: bytes, audioManner: { endless: true } }),
    );
    let received = 0;
    for await (const chunk of endless.body ?? []) {
      received += (chunk as Uint8Array).length;
      if (received > 1_000_000) break;
    }
    expect(received).toBeGreaterThan(1_000_000);
    expect((await fetch(endless.url, { method: 'HEAD' })).status).toBe(200);
  });

  test('suffers faults like any other address', async () => {
    const client = await openSongApi();
    const url = await audioUrl(client);
    client.api.faults.add('GET /producer-app-public/clips/*', { kind: 'truncate' });
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow(/terminated/);
    client.api.faults.add('GET /producer-app-public/clips/*', { kind: 'answer', status: 503 });
    expect((await fetch(url)).status).toBe(503);
    expect((await fetch(url)).status).toBe(200);
    expect(client.api.journal.media()).toHaveLength(3);
  });
});
