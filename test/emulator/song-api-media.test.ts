import { fileTypeFromBuffer } from 'file-type';
import { describe, expect, test } from 'vitest';
import type { TaskScript } from '../../playground/song-api/emulated-task.ts';
import { eventually } from '../../playground/eventually.ts';
import { Composer } from '../../playground/song-api/composer/composer.ts';
import { wordsOf, type Piece } from '../../playground/song-api/composer/piece.ts';
import { openSongApi, type SongApiClient } from './song-api-client.ts';

const bytes = Buffer.from('0123456789'.repeat(10));

/** Composes when the test lets it. */
class SlowComposer extends Composer {
  readonly asked: string[] = [];
  readonly #gate = Promise.withResolvers<void>();
  readonly open = this.#gate.resolve;

  override async prepare(piece: Piece): Promise<void> {
    this.asked.push(wordsOf(piece));
    await this.#gate.promise;
  }

  override async song(piece: Piece, title: string) {
    await this.#gate.promise;
    return super.song(piece, title);
  }
}

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

  test('has a song by the time that its task says so, however slow its composer is', async () => {
    const composer = new SlowComposer();
    const { api, submit, fetchOne } = await openSongApi({
      composer,
      now: Date.now,
      songMs: [0, 0],
      pollerMs: 5,
    });
    const id = await submit({ prompt: 'a slow march' });
    let looks = 0;
    api.events.on('task-advanced', () => (looks += 1));
    await eventually('some rounds of the poller', () => looks > 3);
    expect((await fetchOne(id)).status).toBe('IN_PROGRESS');
    composer.open();
    await eventually('the end', async () => (await fetchOne(id)).status === 'SUCCESS');
    await composer.stop();
  });

  test('shows in the journal who still waits for a file', async () => {
    const composer = new SlowComposer();
    const client = await openSongApi({ composer });
    const file = fetch(await audioUrl(client, {}));
    const asked = (): boolean => client.api.journal.asText().endsWith('m4a -> not answered yet');
    await eventually('the question', asked);
    composer.open();
    expect((await file).status).toBe(200);
    expect(asked()).toBe(false);
    await composer.stop();
  });

  test('composes nothing that nobody can ask for', async () => {
    const composer = new SlowComposer();
    const { api, submit } = await openSongApi({ composer });
    for (const script of [{ fail: 'no' }, { vanish: true }, { neverFinish: true }, { audioBytes: bytes }]) {
      api.next(script);
      await submit({ prompt: JSON.stringify(script) });
    }
    expect(composer.asked).toEqual([]);
    await submit({ prompt: 'heard' });
    expect(composer.asked).toEqual(['heard']);
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
