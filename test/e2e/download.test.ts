/** `/download` where this machine makes the file: free, from the library, whatever the song API serves. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import { hashPrompt } from '../../src/services/audio/tag-audio.ts';
import { ffprobe, hasFfmpeg, tagsOf } from '../support/ffmpeg.ts';
import { servedSong, type ServedSong } from '../support/served-song.ts';
import { tempDir } from '../support/temp-dir.ts';

const onlyMusic = { songApi: { enabled: ['producer_music'] } };
const withoutFfmpeg = { ...onlyMusic, environment: { FFMPEG_PATH: '/nowhere/ffmpeg' } };

async function download({ rig, alice, channel }: ServedSong, format: string): Promise<EmulatedMessage> {
  const before = channel.messages(alice).map(({ id }) => id);
  const [found] = await alice.types('/download', 'song', 'harb');
  await alice.runs('/download', { song: found?.value, format });
  const isAnswer = (message: EmulatedMessage): boolean =>
    !before.includes(message.id) && (message.attachments.length > 0 || message.text().includes('charged'));
  return rig.discord.until(`an answer with ${format}`, () => channel.messages(alice).find(isAnswer));
}

describe.skipIf(!hasFfmpeg)('a song as another kind of file', () => {
  it('comes from this machine with its tags and cover, free, once', async () => {
    const served = await servedSong({}, onlyMusic);
    const { rig, alice, channel, song } = served;
    const folder = tempDir();
    const [job] = rig.songApi.tasks.values();
    expect(job).toBeDefined();
    const left = await quota(served);
    const kinds = { m4a: 'aac', mp3: 'mp3', wav: 'pcm_s16le', ogg: 'opus' };
    for (const [format, codec] of Object.entries(kinds)) {
      const answer = await download(served, format);
      expect(answer.attachments.map(({ filename }) => filename)).toEqual([`Harbour.${format}`]);
      const path = join(folder, `song.${format}`);
      writeFileSync(path, answer.attachments[0]?.bytes() ?? '');
      const { streams, format: about } = ffprobe(path);
      expect(streams[0]?.codec_name).toBe(codec);
      expect(Number(about.duration)).toBeGreaterThan(1.5);
      expect(tagsOf(path)).toMatchObject({ title: 'Harbour', artist: 'AI-generated' });
      expect(tagsOf(path)['comment']).toContain(`prompt_sha256=${hashPrompt('harbour lights')}`);
      expect(streams.some(({ disposition }) => disposition.attached_pic === 1)).toBe(true);
    }
    expect(channel.messages().length).toBe(5);
    expect(rig.songApi.tasks.size).toBe(1);
    expect(await quota(served)).toBe(left);
    // From its card, too.
    await alice.picks('More…', ['download'], song);
    await alice.submits({ 'Kind of file': 'ogg' });
    await rig.discord.until('one more file', () => channel.messages().length === 6);
    expect(rig.songApi.tasks.size).toBe(1);
    expect(rig.discord.violations).toEqual([]);
  });

  it('is told to be too large, where a smaller kind would fit', async () => {
    const served = await servedSong({}, { ...onlyMusic, discord: { uploadLimitBytes: 300_000 } });
    // What doesn't fit may come as a link from the song API; this one has none.
    expect((await download(served, 'wav')).text()).toContain("doesn't offer that at present");
    expect((await download(served, 'wav')).text()).toMatch(/too large to attach here.*Nothing was charged/);
    expect((await download(served, 'ogg')).attachments).toHaveLength(1);
  });
});

describe('without an ffmpeg', () => {
  it('gives the kind that the song is of already, with its tags', async () => {
    const answer = await download(await servedSong({}, withoutFfmpeg), 'm4a');
    expect(answer.attachments.map(({ filename }) => filename)).toEqual(['Harbour.m4a']);
  });

  it.each([
    ['mp3', /doesn't offer that at present/],
    ['ogg', /can't make a file of the kind ogg/],
  ])('says kindly that nobody can make %s', async (format, says) => {
    const served = await servedSong({}, withoutFfmpeg);
    expect((await download(served, format)).text()).toMatch(says);
  });
});

async function quota({ rig, alice, channel }: ServedSong): Promise<string> {
  await alice.runs('/quota');
  const answer = await rig.discord.until('the quota', () =>
    channel.messages(alice).findLast((each) => /left/.test(each.text())),
  );
  return answer.text();
}
