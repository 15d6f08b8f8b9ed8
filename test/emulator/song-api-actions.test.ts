import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../playground/eventually.ts';
import type { SongApiOptions } from '../../playground/song-api/emulated-song-api.ts';
import { openSongApi, type SongApiClient } from './song-api-client.ts';

type Json = Record<string, unknown>;

const open = (options: SongApiOptions = {}): Promise<SongApiClient> =>
  openSongApi({ enabled: 'all', serveUploads: true, songSeconds: 6, ...options });

async function run(client: SongApiClient, path: string, body: object): Promise<unknown> {
  const id = await client.submit(body, path.replace('/', '/submit/').replace(/^/, '/'));
  client.api.finishAll();
  const record = await client.fetchOne(id, path.split('/')[0]);
  return record.status === 'SUCCESS' ? record.data : record.fail_reason;
}

/** Clips of either platform's shape: Producer's in an object, Suno's bare. */
function clipsOf(data: unknown): Json[] {
  return Array.isArray(data) ? (data as Json[]) : (data as { clips: Json[] }).clips;
}

function idOf(data: unknown): string {
  const [clip] = clipsOf(data);
  return String(clip?.['clip_id'] ?? clip?.['id']);
}

const lyrics = '[Verse]\nleft right left\nwe march along\n[Chorus]\nhome again tonight';
async function withSong(client: SongApiClient, platform: 'producer' | 'suno'): Promise<string> {
  const body =
    platform === 'producer'
      ? { prompt: 'march', title: 'Left, Right', lyrics }
      : { custom: true, prompt: lyrics, tags: 'march', title: 'Left, Right' };
  return idOf(await run(client, `${platform}/MUSIC`, body));
}

async function bytesOf(url: unknown): Promise<Buffer> {
  const response = await fetch(String(url));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const text = expect.any(String) as string;
const number = expect.any(Number) as number;
const link = expect.stringMatching(/^http:\/\/127\.0\.0\.1/) as string;
const producerClip = { clips: [{ clip_id: text, state: 'completed', audio_url: link }] };
const sunoClip = { id: text, status: 'complete', audio_url: link };
const two = [sunoClip, sunoClip];

/** Every entry of the menu that is submitted: song-api.md, section 3. `PARENT` and `OTHER` stand for clip ids. */
const menu: [path: string, body: object, result: unknown][] = [
  ['producer/MUSIC', { prompt: 'rain' }, producerClip],
  ['producer/LYRICS', { prompt: 'the sea' }, { title: text, lyrics: text }],
  ['producer/EXTEND', { music_id: 'PARENT', starts: 4, sound_prompt: 'march' }, producerClip],
  ['producer/COVER', { clip_id: 'PARENT', sound: 'jazz', cover_strength: 0.5 }, producerClip],
  ['producer/VARIATION', { clip_id: 'PARENT' }, producerClip],
  ['producer/REPLACE', { clip_id: 'PARENT', starts: 1, ends: 3, lyrics: 'new words' }, producerClip],
  ['producer/SWAP_VOCALS', { clip_id: 'PARENT', sound: 'female voice' }, producerClip],
  ['producer/SWAP_INSTRUMENTALS', { clip_id: 'PARENT', sound: 'metal' }, producerClip],
  ['producer/STEMS', { music_id: 'PARENT' }, { vocals: link, drums: link, bass: link, other: link }],
  ['producer/DOWNLOAD', { audioId: 'PARENT', format: 'wav' }, { url: link, format: 'wav' }],
  ['producer/UPLOAD', { audio_url: 'FILE' }, producerClip],
  ['producer/VIDEO', { clip_id: 'PARENT' }, { clips: [{ video_url: link }] }],
  ['suno/MUSIC', { gpt_description_prompt: 'rain' }, two],
  ['suno/LYRICS', { prompt: 'the sea' }, { title: text, text, status: 'complete' }],
  ['suno/EXTEND', { music_id: 'PARENT', continue_at: 4 }, two],
  ['suno/COVER', { clip_id: 'PARENT', tags: 'jazz' }, two],
  ['suno/STEMS', { clip_id: 'PARENT' }, [sunoClip, sunoClip]],
  ['suno/STEMS_ALL', { clip_id: 'PARENT' }, expect.arrayContaining([expect.objectContaining(sunoClip)])],
  ['suno/ADD_VOCALS', { clip_id: 'PARENT', prompt: 'la la', tags: 'pop' }, two],
  ['suno/ADD_INSTRUMENTAL', { clip_id: 'PARENT', tags: 'rock', overpainting_start_s: 0 }, two],
  [
    'suno/REPLACE_SECTION',
    { clip_id: 'PARENT', infill_lyrics: 'new', infill_start_s: 1, infill_end_s: 3 },
    two,
  ],
  ['suno/REMASTER', { clip_id: 'PARENT', variation_category: 'high' }, two],
  ['suno/MASHUP', { clip_ids: ['PARENT', 'OTHER'] }, two],
  ['suno/SAMPLE', { music_id: 'PARENT', start: 1, end: 4, prompt: 'techno' }, two],
  ['suno/SOUNDS', { sound: 'wooden door', mv: 'chirp-v5', type: 'one-shot' }, two],
  ['suno/MIDI', { clip_id: 'PARENT' }, { midi_url: link, instruments: expect.any(Array) as unknown[] }],
  ['suno/UPLOAD', { audio_url: 'FILE' }, [sunoClip]],
  ['suno/CONCAT', { clip_ids: ['PARENT', 'OTHER'] }, [sunoClip]],
  ['suno/ALIGNED_LYRICS', { music_id: 'PARENT' }, { status: 'complete', alignment: expect.any(Array) }],
  ['suno/VIDEO', { clip_id: 'PARENT' }, [{ video_url: link }]],
  ['suno/WAV', { clip_id: 'PARENT' }, [{ wav_url: link }]],
  ['suno/BPM', { clip_id: 'PARENT' }, { avg_bpm: number, max_bpm: number, min_bpm: number }],
  ['suno/VOX', { clip_id: 'PARENT', vocal_start_s: 0, vocal_end_s: 4 }, [sunoClip]],
  [
    'suno/UPSAMPLE_TAGS',
    { tags: 'jazz, smooth' },
    { upsampled_tags: expect.stringMatching(/^jazz, smooth, /) },
  ],
];

describe('the menu', () => {
  test('has 35 submits, of which one is unavailable', async () => {
    expect(menu).toHaveLength(34);
    const client = await open();
    const refused = await client.call('POST', '/suno/submit/PERSONA', { music_id: 'x', name: 'Me' });
    expect(refused).toMatchObject({ status: 503, json: { error: { code: 'model_not_found' } } });
  });

  test.each(menu)('%s', async (path, body, result) => {
    const client = await open();
    const platform = path.startsWith('suno') ? 'suno' : 'producer';
    client.api.media.publish('/producer-app-public/own.ogg', 'audio/ogg', async () => Buffer.from('OggS'));
    const [parent, other] = [await withSong(client, platform), await withSong(client, platform)];
    const sent = JSON.stringify(body)
      .replace('PARENT', parent)
      .replace('OTHER', other)
      .replace('FILE', `${client.api.url}/producer-app-public/own.ogg`);
    const id = await client.submit(JSON.parse(sent), `/${path.replace('/', '/submit/')}`);
    const record = await eventually('the task to end', async () => {
      client.api.finishAll();
      const now = await client.fetchOne(id, platform);
      return now.finish_time > 0 ? now : undefined;
    });
    expect(record).toMatchObject({ status: 'SUCCESS', data: result });
    expect(JSON.stringify(client.api.tasks.get(id)?.body)).toBe(sent);
  });

  const followUps = menu.filter(([, body]) => JSON.stringify(body).includes('PARENT'));
  test.each(followUps)('%s of a clip that nobody knows is a failure', async (path, body) => {
    const client = await open();
    // The right clip, but of the other service.
    const alien = await withSong(client, path.startsWith('suno') ? 'producer' : 'suno');
    const sent = JSON.parse(JSON.stringify(body).replaceAll(/PARENT|OTHER/g, alien)) as object;
    expect(await run(client, path, sent)).toBe('clip not found');
    expect(client.api.charged()).toBe(30_000);
  });
});

describe('a follow-up', () => {
  test('works on a clip id, never on a task id', async () => {
    const client = await open();
    const song = await client.submit({ prompt: 'march' });
    client.api.finishAll();
    expect(await run(client, 'producer/COVER', { clip_id: song, style: 'jazz' })).toBe('clip not found');
    expect(await run(client, 'producer/COVER', { style: 'jazz' })).toBe('clip not found');
  });

  test('keeps title and words, unless it brings its own', async () => {
    const client = await open();
    const parent = await withSong(client, 'producer');
    const cover = await run(client, 'producer/COVER', { clip_id: parent, style: 'jazz' });
    expect(clipsOf(cover)).toMatchObject([{ title: 'Left, Right', sound: 'jazz', lyrics }]);
    const other = await run(client, 'producer/COVER', { clip_id: parent, title: 'Mine', lyrics: 'la' });
    expect(clipsOf(other)).toMatchObject([{ title: 'Mine', lyrics: 'la' }]);
  });

  test('that needs no music is over at once', async () => {
    const client = await open();
    const reply = await client.call('POST', '/suno/submit/UPSAMPLE_TAGS', { tags: 'jazz' });
    expect(reply.json).toMatchObject({ message: 'task completed successfully' });
    const id = (reply.json as { data: string }).data;
    expect(await client.fetchOne(id, 'suno')).toMatchObject({ status: 'SUCCESS', progress: '100%' });
  });
});

describe('files', () => {
  test('stems are clips with the name of the stem in the title', async () => {
    const client = await open({ shapes: { stems: 'clips' } });
    const titles = async (path: string, platform: 'producer' | 'suno'): Promise<unknown[]> =>
      clipsOf(await run(client, path, { clip_id: await withSong(client, platform) })).map(
        (clip) => clip['title'],
      );
    expect(await titles('suno/STEMS', 'suno')).toEqual([
      'Left, Right (Vocals)',
      'Left, Right (Instrumental)',
    ]);
    expect(await titles('producer/STEMS', 'producer')).toEqual(
      ['Vocals', 'Drums', 'Bass', 'Other'].map((stem) => `Left, Right (${stem})`),
    );
    const all = await titles('suno/STEMS_ALL', 'suno');
    expect(all.length).toBeGreaterThan(5);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('Left, Right (Kick)');
  });

  test('a download is the song in the format that was asked for, or a refusal', async () => {
    const client = await open();
    const clip_id = await withSong(client, 'producer');
    const m4a = (await run(client, 'producer/DOWNLOAD', { clip_id })) as Json;
    expect(m4a['format']).toBe('m4a');
    expect((await bytesOf(m4a['url'])).toString('latin1', 4, 8)).toBe('ftyp');
    const wav = (await run(client, 'producer/DOWNLOAD', { clip_id, format: 'wav' })) as Json;
    const bytes = await bytesOf(wav['url']);
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    // 6 seconds of 16 bits in stereo.
    expect(bytes).toHaveLength(44 + 6 * 44_100 * 4);
    expect(await run(client, 'producer/DOWNLOAD', { clip_id, format: 'mp3' })).toBe(
      'format mp3 is not available',
    );
  });

  test('notes are a MIDI file of what is played', async () => {
    const client = await open();
    const midi = (await run(client, 'suno/MIDI', { clip_id: await withSong(client, 'suno') })) as {
      midi_url: string;
      instruments: { name: string; notes: { pitch: number; start: number; end: number }[] }[];
    };
    const file = await bytesOf(midi.midi_url);
    expect(file.toString('latin1', 0, 4)).toBe('MThd');
    expect(file.readUInt16BE(8)).toBe(1);
    const names = midi.instruments.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['drums', 'bass', 'vocals']));
    // Every track is there, whole: the chunks add up to the file.
    let at = 14;
    let tracks = 0;
    for (; at < file.length; tracks += 1) {
      expect(file.toString('latin1', at, at + 4)).toBe('MTrk');
      at += 8 + file.readUInt32BE(at + 4);
      expect(file.subarray(at - 4, at)).toEqual(Buffer.from([0, 0xff, 0x2f, 0]));
    }
    expect([at, tracks]).toEqual([file.length, 1 + names.length]);
    for (const { start, end, pitch } of midi.instruments.flatMap(({ notes }) => notes)) {
      expect(end).toBeGreaterThan(start);
      expect(pitch).toBeLessThan(128);
    }
  });

  test('aligned lyrics carry marks and ends of lines', async () => {
    const client = await open({ songSeconds: 20 });
    const aligned = (await run(client, 'suno/ALIGNED_LYRICS', {
      clip_id: await withSong(client, 'suno'),
    })) as { alignment: { word: string; start_s: number; end_s: number }[] };
    expect(aligned.alignment.map(({ word }) => word).join('')).toMatch(
      /^\[Verse\]\nleft right left\nwe march along\n/,
    );
  });

  test('an upload is fetched from this machine only, and is not there if it cannot be', async () => {
    const client = await open();
    const { api } = client;
    api.media.publish('/producer-app-public/own.ogg', 'audio/ogg', async () => Buffer.from('my own song'));
    const done = async (address: string): ReturnType<SongApiClient['fetchOne']> => {
      const id = await client.submit({ audio_url: address }, '/producer/submit/UPLOAD');
      return eventually('the upload to end', async () => {
        api.finishAll();
        const record = await client.fetchOne(id);
        return record.finish_time > 0 ? record : undefined;
      });
    };
    const upload = await done(`${api.url}/producer-app-public/own.ogg`);
    const file = await fetch(upload.result_url ?? '');
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['audio/ogg', 'my own song']);
    for (const address of [`${api.url}/producer-app-public/none.ogg`, 'http://192.0.2.1/own.ogg', 'own.ogg'])
      expect(await done(address)).toMatchObject({ status: 'FAILURE' });
  });

  test('large stems are valid files that nobody holds in memory', async () => {
    const client = await open();
    const clip_id = await withSong(client, 'suno');
    client.api.next({ largeStems: { count: 12, bytes: 25_000_000 } });
    const stems = clipsOf(await run(client, 'suno/STEMS_ALL', { clip_id }));
    expect(stems).toHaveLength(12);
    const before = process.memoryUsage().rss;
    let sum = 0;
    for (const stem of stems) {
      const response = await fetch(String(stem['audio_url']));
      expect(response.headers.get('content-length')).toBe('25000000');
      let isFirst = true;
      for await (const chunk of response.body!) {
        if (isFirst) expect(Buffer.from(chunk).toString('latin1', 0, 4)).toBe('RIFF');
        isFirst = false;
        sum += chunk.length;
      }
    }
    expect(sum).toBe(300_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    const part = await fetch(String(stems[3]?.['audio_url']), { headers: { range: 'bytes=40-65600' } });
    const whole = await bytesOf(stems[3]?.['audio_url']);
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 40-65600/25000000']);
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(40, 65_601))).toBe(true);
  });

  test('shapes can be others', async () => {
    const client = await open({
      shapes: { download: 'clip', wav: 'url', acapella: 'id', upload: 'id' },
      serveUploads: false,
    });
    const producer = await withSong(client, 'producer');
    const clip_id = await withSong(client, 'suno');
    expect(await run(client, 'producer/DOWNLOAD', { clip_id: producer, format: 'wav' })).toMatchObject({
      clips: [{ clip_id: producer, wav_url: link }],
    });
    expect(await run(client, 'suno/WAV', { clip_id })).toEqual({ url: link });
    const vox = (await run(client, 'suno/VOX', { clip_id })) as Json;
    expect(vox).toMatchObject({ vox_audio_id: text, source_clip_id: clip_id, vocal_start_s: 0 });
    const upload = (await run(client, 'suno/UPLOAD', { audio_url: 'http://192.0.2.1/x.mp3' })) as Json;
    expect(upload).toMatchObject({ id: text, url: 'http://192.0.2.1/x.mp3' });
    for (const id of [vox['vox_audio_id'], upload['id']])
      expect(await run(client, 'suno/COVER', { clip_id: id, tags: 'jazz' })).toMatchObject(two);
  });

  test('a vocal span is 30 seconds at most, and of a song that is sung', async () => {
    const client = await open({ songSeconds: 40 });
    const clip_id = await withSong(client, 'suno');
    const span = { clip_id, vocal_start_s: 2, vocal_end_s: 33 };
    expect(await run(client, 'suno/VOX', span)).toBe('the span is longer than 30 seconds');
    const plain = idOf(
      await run(client, 'suno/MUSIC', { gpt_description_prompt: 'x', make_instrumental: true }),
    );
    expect(await run(client, 'suno/VOX', { clip_id: plain })).toBe('no vocals in this clip');
  });
});

const prober = 'ffprobe';
const hasProber = spawnSync(prober, ['-version']).status === 0;
test.skipIf(!hasProber)('a video plays: H.264 with AAC (skipped without ffprobe)', async () => {
  const client = await open();
  const [clip] = clipsOf(await run(client, 'suno/VIDEO', { clip_id: await withSong(client, 'suno') }));
  const folder = mkdtempSync(join(tmpdir(), 'video-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'song.mp4');
  writeFileSync(file, await bytesOf(clip?.['video_url']));
  const shown = ['-show_entries', 'stream=codec_name,width,nb_read_frames', '-count_frames', '-of', 'json'];
  const probed = spawnSync(prober, ['-v', 'error', ...shown, file]);
  expect(probed.stderr.toString()).toBe('');
  const { streams } = JSON.parse(probed.stdout.toString()) as { streams: Json[] };
  expect(streams).toMatchObject([
    { codec_name: 'h264', width: 320, nb_read_frames: '6' },
    { codec_name: 'aac' },
  ]);
});
