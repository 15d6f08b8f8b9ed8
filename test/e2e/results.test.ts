import { describe, expect, it } from 'vitest';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import { servedSong } from '../support/served-song.ts';

const withoutFfmpeg = { environment: { FFMPEG_PATH: '/nowhere/ffmpeg' } };
const filesOf = (card: EmulatedMessage): string[] => card.attachments.map(({ filename }) => filename);
const titleOf = (card: EmulatedMessage): string => card.embeds[0]?.title ?? '';
const labelsOf = (card: EmulatedMessage): string[] => card.buttons.map(({ label }) => label);
const contentOf = (card: EmulatedMessage, at = 0): Buffer => card.attachments[at]?.bytes() ?? Buffer.alloc(0);

describe('a finished card', () => {
  it('of a song offers what is served, the rest in a select, and says whose it is', async () => {
    const { rig, alice, song } = await servedSong();
    expect(labelsOf(song)).toEqual([
      'Another take',
      'Extend',
      'Cover',
      'Stems',
      'Favourite',
      'Lyrics',
      'Edit and retry',
      'Versions',
      'Delete',
    ]);
    const [select] = song.selects;
    const picks = select?.options.map(({ value }) => value) ?? [];
    expect(picks).toEqual(['variation', 'replace', 'swap-vocals', 'swap-instrumentals', 'video', 'download']);
    expect(JSON.stringify(song.embeds)).toContain(`<@${alice.id}>`);
    expect(song.pinged).toEqual([]);
    expect(rig.discord.violations).toEqual([]);
  });

  it('of stems carries each as a file of its own', async () => {
    const { rig, alice, song, next } = await servedSong();
    await alice.clicks('Stems', song);
    const card = await next();
    expect(titleOf(card)).toBe('Stems: Harbour');
    expect(filesOf(card).length).toBeGreaterThan(1);
    expect(filesOf(card)).toContain('Harbour_-_Vocals.m4a');
    expect(card.attachments.every(({ content_type: type }) => type?.startsWith('audio/'))).toBe(true);
    expect(labelsOf(card)).toEqual(['Delete']);
    expect(rig.discord.violations).toEqual([]);
  });

  it('of lyrics shows them, and has them sung', async () => {
    const { rig, alice, next } = await servedSong();
    await alice.runs('/lyrics', { prompt: 'rain on tin roofs' });
    const card = await next();
    expect(card.embeds[0]?.description?.length).toBeGreaterThan(20);
    expect(filesOf(card)).toEqual([]);
    expect(labelsOf(card)).toEqual(['Sing it', 'Other words', 'Delete']);
    await alice.clicks('Sing it', card);
    expect(alice.modal?.title).toBe('Have it sung');
    expect(rig.discord.violations).toEqual([]);
  });

  it('of lyrics that are too long for it carries them as a text, too', async () => {
    const { rig, alice, next } = await servedSong();
    const line = 'rain on tin roofs and rain on the sea\n';
    rig.songApi.tamper((answer) => longer(answer, line.repeat(150)));
    await alice.runs('/lyrics', { prompt: 'rain on tin roofs' });
    const card = await next();
    expect(filesOf(card)[0]).toMatch(/\.txt$/);
    expect(contentOf(card).toString()).toHaveLength(line.length * 150 - 1);
    expect(rig.discord.violations).toEqual([]);
  });

  it('of timed lyrics carries .lrc and .srt, and shows the first lines', async () => {
    const { rig, next, picks } = await servedSong({ engine: 'suno' });
    await picks('karaoke');
    const card = await next();
    expect(filesOf(card)).toEqual(['Harbour.lrc', 'Harbour.srt']);
    expect(contentOf(card).toString()).toMatch(/^\[ti:Harbour\]\n\[ar:AI-generated\]\n\[00:/);
    expect(contentOf(card, 1).toString()).toMatch(/^1\n00:00:\d\d,\d{3} --> /);
    expect(card.embeds[0]?.description).toMatch(/`0:0\d` \S/);
    expect(rig.discord.violations).toEqual([]);
  });

  it.each([
    ['video', 'producer', 'Harbour.mp4', 'ftyp'],
    ['video', 'suno', 'Harbour.mp4', 'ftyp'],
    ['midi', 'suno', 'Harbour.mid', 'MThd'],
  ] as const)('of %s (%s) carries the file', async (deed, engine, fileName, mark) => {
    const { rig, next, picks } = await servedSong({ engine });
    await picks(deed);
    const card = await next();
    expect(filesOf(card)).toEqual([fileName]);
    expect(contentOf(card).subarray(0, 12).toString('latin1')).toContain(mark);
    expect(rig.discord.violations).toEqual([]);
  });

  it('of another format carries it', async () => {
    const { rig, alice, channel, next } = await servedSong({}, withoutFfmpeg);
    const [found] = await alice.types('/download', 'song', 'harb');
    await alice.runs('/download', { song: found?.value, format: 'wav' });
    const card = await next();
    expect(filesOf(card)).toEqual(['Harbour.wav']);
    expect(contentOf(card).subarray(0, 4).toString()).toBe('RIFF');
    expect(channel.cards()).toHaveLength(2);
    expect(rig.discord.violations).toEqual([]);
  });

  it.each([
    ['bpm', 'beats a minute'],
    ['tags', 'warm'],
  ])('of %s says it in a sentence, and offers to use it', async (deed, says) => {
    const { rig, alice, next, picks } = await servedSong({ engine: 'suno' });
    if (deed === 'tags') await alice.runs('/tags', { tags: 'lofi piano' });
    else await picks(deed);
    const card = await next();
    expect(card.text()).toContain(says);
    expect(labelsOf(card)).toEqual(['Use them', 'Delete']);
    await alice.clicks('Use them', card);
    expect(alice.modal?.title).toBe('Have it sung');
    expect(rig.discord.violations).toEqual([]);
  });

  it('of a voice that came without a file says so, and goes on from it', async () => {
    const { rig, alice, next, picks } = await servedSong(
      { engine: 'suno' },
      { songApi: { shapes: { acapella: 'id' } } },
    );
    await picks('acapella');
    await alice.submits({});
    const card = await next();
    expect(titleOf(card)).toBe('A cappella: Harbour');
    expect(card.text()).toContain('sent no file of it');
    expect(filesOf(card)).toEqual([]);
    expect(labelsOf(card)).toEqual(expect.arrayContaining(['Extend', 'Cover', 'Stems', 'Delete']));
    const voice = [...rig.songApi.tasks.values()].at(-1)?.clips[0]?.clipId;
    await alice.clicks('Stems', card);
    await next();
    expect([...rig.songApi.tasks.values()].at(-1)?.body).toEqual({ clip_id: voice });
    expect(rig.discord.violations).toEqual([]);
  });

  it('of two takes of which one is spoiled knows the length of the other', async () => {
    const { rig, alice, next } = await servedSong();
    rig.songApi.next({ durationAs: 'null' });
    let asked = 0;
    rig.songApi.faults.add(
      ({ path }) => /\.(m4a|mp3)$/.test(path) && (asked += 1) === 1,
      { kind: 'answer', status: 200, body: '<html>gone</html>' },
      1,
    );
    await alice.runs('/song', { prompt: 'two of them', title: 'Twins', engine: 'suno' });
    const card = await next();
    expect(card.text()).toContain("What came as Take 1 can't be played");
    const offered = await rig.discord.until('a length', async () => {
      const found = await alice.types('/cover', 'song', 'twins');
      return found.some(({ name }) => name.includes('0:0')) ? found : undefined;
    });
    const nameOf = (isSecond: boolean): string | undefined =>
      offered.find(({ name }) => name.includes('Take 2') === isSecond)?.name;
    expect(nameOf(true)).toMatch(/ · 0:0\d · /);
    expect(nameOf(false)).not.toMatch(/ · 0:0\d · /);
  });

  it('of a cover says what it was made from', async () => {
    const { rig, alice, song, next } = await servedSong();
    await alice.clicks('Cover', song);
    await alice.submits({ 'How it should sound': 'bossa nova' });
    const card = await next();
    expect(card.text()).toContain('Cover: Harbour');
    expect(filesOf(card)[0]).toMatch(/\.m4a$/);
    expect(labelsOf(card)).toContain('Extend');
    expect(rig.discord.violations).toEqual([]);
  });

  it('after a restart still knows its buttons', async () => {
    const { rig, alice, song, next } = await servedSong();
    await rig.restart();
    await alice.clicks('Stems', song);
    expect(titleOf(await next())).toBe('Stems: Harbour');
  });
});

describe('a result that can not be used', () => {
  it.each([
    ['video', 'producer'],
    ['midi', 'suno'],
  ] as const)('%s: ends in a plain sentence with the credits back', async (deed, engine) => {
    const { rig, next, picks } = await servedSong({ engine });
    rig.songApi.faults.add(
      ({ path }) => /\.(mp4|mid)$/.test(path),
      { kind: 'answer', status: 200, body: '<html>no file</html>' },
      99,
    );
    await picks(deed);
    const card = await next();
    expect(card.text()).toContain('is not what it should be');
    expect(card.text()).toContain('Nothing was charged');
    expect(filesOf(card)).toEqual([]);
    expect(rig.discord.violations).toEqual([]);
  });
});

/** The same answer, with these words in place of its lyrics. */
function longer(answer: unknown, lyrics: string): unknown {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => (key === 'lyrics' ? lyrics : value));
}
