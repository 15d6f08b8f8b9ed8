/** What comes next after a song: buttons, forms, the select, the menu of a message; and who may, and after a restart. */
import { describe, expect, it } from 'vitest';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { Rig } from '../../playground/rig.ts';
import type { SongApiOptions } from '../../playground/song-api/emulated-song-api.ts';
import { storedJobs } from '../support/stored-jobs.ts';
import { quickRig } from '../support/quick-rig.ts';

async function house(songApi: SongApiOptions = { enabled: 'all', serveUploads: true }) {
  const rig = await quickRig({ songApi });
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  return { rig, guild, channel, alice: guild.member('alice').in(channel) };
}

/** The card that an interaction has ended in: every end has a button that takes it away. */
function finished({ discord }: Rig, invocation: Invocation): Promise<EmulatedMessage> {
  return discord.until(`a finished card; it says: ${invocation.text()}`, () => {
    const card = invocation.response();
    return card?.buttons.some(({ label }) => label === 'Delete') ? card : undefined;
  });
}

async function sung(rig: Rig, alice: Member, values: Record<string, string> = {}): Promise<EmulatedMessage> {
  const style = 'soul, slow';
  return finished(rig, await alice.runs('/song', { prompt: 'rain', style, title: 'Wet', ...values }));
}

const tasks = ({ songApi }: Rig) => [...songApi.tasks.values()];
const lastTask = (rig: Rig) => tasks(rig).at(-1);
const fieldsOf = (alice: Member) => JSON.stringify(alice.modal);

describe('a button of a finished song', () => {
  it('asks what it needs in a form that knows the song, and what is written there reaches the song API', async () => {
    const { rig, alice } = await house();
    const card = await sung(rig, alice, { engine: 'producer' });
    const clip = lastTask(rig)?.clips[0]?.clipId;
    await alice.clicks('Cover', card);
    expect(fieldsOf(alice)).toContain('soul, slow');
    const cover = await alice.submits({
      'How it should sound': 'brass band',
      'How much of the original stays': '70 %',
    });
    const done = await finished(rig, cover);
    expect(lastTask(rig)).toMatchObject({
      action: 'COVER',
      body: { clip_id: clip, sound: 'brass band', cover_strength: 0.7 },
    });
    expect(done.attachments.some(({ filename }) => filename.endsWith('.m4a'))).toBe(true);
  });

  it('refuses what makes no sense in a form, and nothing is asked or held', async () => {
    const { rig, alice } = await house();
    const card = await sung(rig, alice, { engine: 'producer' });
    for (const [from, says] of [
      ['9:00', /only 0:0\d long/],
      ['la la la', /can't find that place/],
    ] as const) {
      await alice.clicks('Extend', card);
      const refused = await alice.submits({ 'Where it begins': from });
      await rig.discord.until('the sentence', () => says.test(refused.text()));
      expect(refused.response()?.ephemeralFor).toBe(alice.id);
    }
    await alice.clicks('Cover', card);
    const refused = await alice.submits({ 'How much of the original stays': 'much' });
    await rig.discord.until('the sentence', () => refused.text().includes('strength'));
    expect(tasks(rig)).toHaveLength(1);
    expect(storedJobs(rig)).toHaveLength(1);
  });

  it('finds a place in the song by the words that are sung there', async () => {
    const { rig, alice } = await house();
    const lyrics = '[Verse]\none two three four\n[Chorus]\nfive six seven eight';
    const card = await sung(rig, alice, { engine: 'producer', lyrics });
    await alice.clicks('Extend', card);
    await finished(rig, await alice.submits({ 'Where it begins': 'Five, six' }));
    const starts = Number(lastTask(rig)?.body['starts']);
    expect(starts).toBeGreaterThanOrEqual(0);
    expect(starts).toBeLessThanOrEqual(2);
  });

  it('asks which take is meant where there are two', async () => {
    const { rig, alice } = await house();
    const card = await sung(rig, alice, { engine: 'suno' });
    const [, second] = lastTask(rig)?.clips ?? [];
    const question = await alice.clicks('Stems', card);
    const asked = await question.settled();
    expect(asked.ephemeralFor).toBe(alice.id);
    await finished(rig, await alice.clicks('Take 2', asked));
    expect(lastTask(rig)).toMatchObject({ action: 'STEMS', body: { clip_id: second?.clipId } });
  });

  it('"More…" does what was picked, for everybody here; the old words can be changed and tried again', async () => {
    const { rig, guild, channel, alice } = await house();
    const card = await sung(rig, alice, { engine: 'producer' });
    const bob = guild.member('bob').in(channel);
    await finished(rig, await bob.picks('More…', ['variation'], card));
    expect(lastTask(rig)).toMatchObject({ action: 'VARIATION' });
    await alice.clicks('Edit and retry', card);
    expect(fieldsOf(alice)).toContain('rain');
    await finished(rig, await alice.submits({ 'What it is about': 'snow', 'How it should sound': 'choir' }));
    expect(lastTask(rig)).toMatchObject({
      action: 'MUSIC',
      body: { prompt: 'snow', style: 'choir', title: 'Wet' },
    });
  });

  it('works after a restart, and shuts out strangers', async () => {
    const { rig, alice } = await house();
    const card = await sung(rig, alice, { engine: 'producer' });
    await rig.restart();
    await finished(rig, await alice.clicks('Stems', card));
    expect(lastTask(rig)).toMatchObject({ action: 'STEMS' });
    const elsewhere = rig.discord.guild('Elsewhere');
    const mallory = elsewhere.member('mallory').in(elsewhere.channel('den'));
    const own = await sung(rig, mallory);
    const stems = card.buttons.find(({ label }) => label === 'Stems')?.customId ?? '';
    const before = tasks(rig).length;
    const refused = await mallory.clicksId(stems, own);
    await rig.discord.until('the sentence', () => refused.text().includes("don't know that song"));
    expect(tasks(rig)).toHaveLength(before);
  });

  it('says kindly that the song API does not serve it, gives the credits back, and is hidden from then on', async () => {
    const { rig, alice } = await house({});
    const card = await sung(rig, alice, { engine: 'producer' });
    const failed = await finished(rig, await alice.clicks('Stems', card));
    expect(failed.text()).toMatch(/doesn't offer that at present[\s\S]*Nothing was charged/);
    const again = await alice.clicks('Stems', card);
    await rig.discord.until('the sentence', () =>
      /"Stem Separation" at present.*ask again/.test(again.text()),
    );
    const next = await sung(rig, alice, { engine: 'producer' });
    expect(next.buttons.map(({ label }) => label)).not.toContain('Stems');
    const holds = (): string =>
      storedJobs(rig)
        .map(({ hold }) => hold)
        .join();
    await rig.discord.until('the books', () => holds() === 'settled,released,settled');
  });
});

describe('words before a song', () => {
  it('lyrics are written, looked over, and sung', async () => {
    const { rig, alice } = await house();
    const written = await finished(rig, await alice.runs('/lyrics', { prompt: 'the sea', engine: 'suno' }));
    await alice.clicks('Sing it', written);
    await finished(
      rig,
      await alice.submits({ 'How it should sound': 'shanty', Lyrics: 'heave away\nhaul away' }),
    );
    expect(lastTask(rig)?.action).toBe('MUSIC');
    expect(JSON.stringify(lastTask(rig)?.body)).toContain('heave away');
  });

  it('of their own members write in a form', async () => {
    const { rig, alice } = await house();
    await alice.runs('/lyrics', {});
    await finished(rig, await alice.submits({ 'How it should sound': 'folk', Lyrics: 'mine' }));
    expect(lastTask(rig)?.body).toMatchObject({ lyrics: 'mine' });
  });

  it('style words are spelt out and used', async () => {
    const { rig, alice } = await house();
    const tags = await finished(rig, await alice.runs('/tags', { tags: 'jazz' }));
    await alice.clicks('Use them', tags);
    expect(fieldsOf(alice)).toContain('jazz');
  });
});

describe('audio of a person', () => {
  async function withAudio() {
    const given = await house();
    const { rig, guild, channel, alice } = given;
    const card = await sung(rig, alice, { engine: 'producer' });
    const bytes = new Uint8Array(await (await fetch(card.attachments[0]?.url ?? '')).arrayBuffer());
    const bob = guild.member('bob').in(channel);
    return { ...given, bob, message: bob.says('my demo', [{ name: 'demo.m4a', bytes }]) };
  }

  it('is split from the menu of its message: taken in first, in one card and for one hold', async () => {
    const { rig, alice, message } = await withAudio();
    const question = await (await alice.uses('Split into stems', message)).settled();
    expect(question.text()).toContain('This costs 2 credits');
    await finished(rig, await alice.clicks('Make it for 2 credits', question));
    expect(tasks(rig).map(({ action }) => action)).toEqual(['MUSIC', 'UPLOAD', 'STEMS']);
    const [, upload, stems] = tasks(rig);
    expect(stems?.body['clip_id']).toBe(upload?.clips[0]?.clipId);
    await rig.discord.until('the books', () => storedJobs(rig).at(-1)?.hold === 'settled');
    expect(storedJobs(rig).at(-1)).toMatchObject({ price: 2, charge: 60_000 });
  });

  it('is covered from the menu, with the style asked for in a form', async () => {
    const { rig, alice, message } = await withAudio();
    await alice.uses('Cover this audio', message);
    const question = await (await alice.submits({ 'How it should sound': 'reggae' })).settled();
    await finished(rig, await alice.clicks('Make it for 2 credits', question));
    expect(lastTask(rig)).toMatchObject({ action: 'COVER', body: { sound: 'reggae' } });
  });

  it('is saved among the songs of who wants it', async () => {
    const { rig, alice, message } = await withAudio();
    await finished(rig, await alice.uses('Save to my songs', message));
    const offered = await alice.types('/stems', 'song', 'demo');
    expect(offered.map(({ name }) => name)).toEqual([expect.stringContaining('demo')]);
  });

  it('that is none, or whose message has none, is refused before anything is held', async () => {
    const { rig, alice, bob } = await withAudio();
    const noise = bob.says('', [{ name: 'fake.mp3', bytes: new Uint8Array(5000).fill(7) }]);
    const refused = await alice.uses('Split into stems', noise);
    await rig.discord.until('the sentence', () => refused.text().includes('no audio that I can read'));
    const text = await alice.uses('Split into stems', bob.says('hello'));
    await rig.discord.until('the sentence', () => text.text().includes('no audio in that message'));
    const both = await alice.runs('/stems', {});
    await rig.discord.until('the sentence', () => both.text().includes('one of the two'));
    expect(tasks(rig)).toHaveLength(1);
    expect(storedJobs(rig)).toHaveLength(1);
  });
});
