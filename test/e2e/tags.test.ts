/** What an independent reader says of the files that arrive on cards. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashPrompt } from '../../src/services/audio/tag-audio.ts';
import { audioOf, songIn } from '../support/cards.ts';
import { ffprobe, hasFfmpeg, makeSong, tagsOf } from '../support/ffmpeg.ts';
import { quickRig } from '../support/quick-rig.ts';
import { tempDir } from '../support/temp-dir.ts';

it.skipIf(!hasFfmpeg).each([
  ['m4a', undefined],
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
])('a song that comes as %s arrives with its tags and its cover', async (kind, contentType) => {
  const folder = tempDir();
  const { discord, songApi } = await quickRig();
  if (contentType !== undefined) {
    const audioBytes = readFileSync(makeSong(join(folder, `made.${kind}`), 3, []));
    songApi.next({ audioBytes, contentType });
  }
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  const prompt = 'rain over the sea';
  await guild
    .member('alice')
    .in(channel)
    .runs('/song', { prompt, title: 'Grün – 雨の歌 🎵', model: 'FUZZ-2.0 Pro' });
  const card = await songIn(discord, channel);
  const [file] = audioOf(card);
  expect(file?.filename).toMatch(new RegExp(`^Grün_.*\\.${kind}$`));
  const path = join(folder, `arrived.${kind}`);
  writeFileSync(path, file?.bytes() ?? '');

  const jobId = /AI-generated · ([a-z0-9]{12})/.exec(card.text())?.[1];
  const model = 'FUZZ-2.0 Pro';
  const promptHash = hashPrompt(prompt);
  const tags = tagsOf(path);
  expect(tags).toMatchObject({ title: 'Grün – 雨の歌 🎵', artist: 'AI-generated' });
  expect(tags['comment']).toContain(`model=${model} | job=${jobId} | prompt_sha256=${promptHash}`);
  if (kind === 'm4a') expect(tags['encoder']).toBe(model);
  else expect(tags).toMatchObject({ model, job: jobId, prompt_sha256: promptHash });
  const { streams } = ffprobe(path);
  const [cover] = streams.filter(({ disposition }) => disposition.attached_pic === 1);
  expect(cover?.codec_name).toMatch(/^(mjpeg|png)$/);
  expect(cover?.width).toBeGreaterThan(0);
  expect(JSON.stringify(ffprobe(path))).not.toContain(prompt);
});
