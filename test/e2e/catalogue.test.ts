/**
 * The whole menu of the song API, as a member reaches it: every row is asked for by its command, arrives at the song API
 * under the row's wire names, and ends in a card of its kind. What it should look like is written here by hand.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRig, type Rig } from '../../playground/rig.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';

const lyrics = '[Verse]\nrain on the window\n[Chorus]\nhome again tonight';

let rig: Rig;
let alice: Member;
let mp4: Uint8Array;

/** Clip ids of the songs that follow-ups are made from. */
const clips = { producer: '', suno: '', other: '', longer: '' };

beforeAll(async () => {
  rig = await openRig({
    songApi: { enabled: 'all', serveUploads: true, songMs: [50, 100], pollerMs: 50, songSeconds: 4 },
    environment: {
      POLL_INTERVAL_MS: '50',
      // Formats come from the song API.
      FFMPEG_PATH: '/nowhere/ffmpeg',
      USER_CREDITS: '1000',
      GUILD_CREDITS: '1000',
      MAX_JOBS_PER_USER: '9',
      MAX_JOBS_PER_GUILD: '9',
    },
    seams: { progressEveryMs: 100, mediaRetryDelaysMs: [50, 100], missingGraceMs: 200 },
  });
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  alice = guild.member('alice', { admin: true }).in(channel);
  await alice.runs('/settings confirm-price', { on: false });
}, 60_000);
afterAll(() => rig.stop());

type Way = [line: string, values: Record<string, unknown>];
interface Row {
  key: string;
  way: () => Way;
  /** The submit's body. */
  sent: () => object;
  /** The finished card. */
  ends: (card: EmulatedMessage) => void;
}

const files = (card: EmulatedMessage): string[] =>
  card.attachments.map(({ filename }) => filename.split('.').at(-1) ?? '');
const audio = (count: number) => (card: EmulatedMessage) =>
  expect(files(card).filter((ending) => ['m4a', 'mp3', 'wav', 'ogg'].includes(ending))).toHaveLength(count);
const endings =
  (...expected: string[]) =>
  (card: EmulatedMessage) =>
    expect(files(card).toSorted()).toEqual(expected);
const says = (words: RegExp) => (card: EmulatedMessage) => expect(card.text()).toMatch(words);
const has =
  (...labels: string[]) =>
  (card: EmulatedMessage) =>
    expect(card.buttons.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
const all =
  (...checks: ((card: EmulatedMessage) => void)[]) =>
  (card: EmulatedMessage) => {
    for (const check of checks) check(card);
  };

const P = () => ({ clip_id: clips.producer });
const S = () => ({ clip_id: clips.suno });
/** The songs as members pick them from the list while they type; filled in once they are made. */
const mine = { song: '' };
const suno = { song: '' };
const blue = { song: '' };
/** What goes on from another can be joined with it. */
const longer = { song: '' };

const rows: Row[] = [
  {
    key: 'producer/MUSIC',
    way: () => ['/song', { prompt: 'rain', lyrics, title: 'Producer seed', engine: 'producer' }],
    sent: () => ({ prompt: 'rain', lyrics, title: 'Producer seed' }),
    ends: all(audio(1), has('Another take', 'Extend', 'Cover', 'Stems', 'Favourite', 'Lyrics', 'Delete')),
  },
  {
    key: 'suno/MUSIC',
    way: () => ['/song', { prompt: 'rain', lyrics, title: 'Suno seed', engine: 'suno' }],
    sent: () => ({ tags: 'rain', prompt: lyrics, title: 'Suno seed' }),
    ends: audio(2),
  },
  {
    key: 'producer/LYRICS',
    way: () => ['/lyrics', { prompt: 'the sea', engine: 'producer' }],
    sent: () => ({ prompt: 'the sea' }),
    ends: all(endings(), has('Sing it')),
  },
  {
    key: 'suno/LYRICS',
    way: () => ['/lyrics', { prompt: 'the sea', engine: 'suno' }],
    sent: () => ({ prompt: 'the sea' }),
    ends: has('Sing it'),
  },
  {
    key: 'producer/EXTEND',
    way: () => ['/extend', { ...mine, from: '0:02', style: 'jazz' }],
    sent: () => ({ ...P(), starts: 2, sound: 'jazz' }),
    ends: audio(1),
  },
  {
    key: 'suno/EXTEND',
    way: () => ['/extend', { ...suno, from: '2' }],
    sent: () => ({ ...S(), continue_at: 2 }),
    ends: audio(2),
  },
  {
    key: 'producer/COVER',
    way: () => ['/cover', { ...mine, style: 'jazz', strength: 40 }],
    sent: () => ({ ...P(), sound: 'jazz', cover_strength: 0.4 }),
    ends: audio(1),
  },
  {
    key: 'suno/COVER',
    way: () => ['/cover', { ...suno, style: 'jazz', title: 'Blue' }],
    sent: () => ({ ...S(), tags: 'jazz', title: 'Blue' }),
    ends: audio(2),
  },
  { key: 'producer/VARIATION', way: () => ['/variation', mine], sent: P, ends: audio(1) },
  {
    key: 'producer/REPLACE',
    way: () => ['/replace', { ...mine, from: '1', lyrics: 'sun' }],
    sent: () => ({ ...P(), starts: 1, lyrics: 'sun' }),
    ends: audio(1),
  },
  {
    key: 'suno/REPLACE_SECTION',
    way: () => ['/replace', { ...suno, from: '1', to: '3', lyrics: 'sun' }],
    sent: () => ({ ...S(), infill_lyrics: 'sun', infill_start_s: 1, infill_end_s: 3 }),
    ends: audio(2),
  },
  {
    key: 'producer/SWAP_VOCALS',
    way: () => ['/swap', { ...mine, part: 'vocals', style: 'choir' }],
    sent: () => ({ ...P(), sound: 'choir' }),
    ends: audio(1),
  },
  {
    key: 'producer/SWAP_INSTRUMENTALS',
    way: () => ['/swap', { ...mine, part: 'instrumentals', style: 'organ' }],
    sent: () => ({ ...P(), sound: 'organ' }),
    ends: audio(1),
  },
  {
    key: 'producer/STEMS',
    way: () => ['/stems', mine],
    sent: P,
    ends: (card) => expect(card.attachments.length).toBeGreaterThan(1),
  },
  { key: 'suno/STEMS', way: () => ['/stems', suno], sent: S, ends: audio(2) },
  {
    key: 'suno/STEMS_ALL',
    way: () => ['/stems', { ...suno, all: true }],
    sent: S,
    ends: (card) =>
      expect(
        card.attachments.length + (card.text().match(/listen or download/g) ?? []).length,
      ).toBeGreaterThan(2),
  },
  {
    key: 'producer/DOWNLOAD',
    way: () => ['/download', { ...mine, format: 'wav' }],
    sent: () => ({ ...P(), format: 'wav' }),
    ends: endings('wav'),
  },
  { key: 'suno/WAV', way: () => ['/download', { ...suno, format: 'wav' }], sent: S, ends: endings('wav') },
  {
    key: 'producer/UPLOAD',
    way: () => ['/upload', { file: { name: 'my_tune.m4a', bytes: mp4 }, engine: 'producer' }],
    sent: () => ({ audio_url: expect.stringContaining('my_tune.m4a') as string }),
    ends: all(says(/among your songs/), has('Cover', 'Stems')),
  },
  {
    key: 'suno/UPLOAD',
    way: () => ['/upload', { file: { name: 'my_tune.m4a', bytes: mp4 }, engine: 'suno' }],
    sent: () => ({ audio_url: expect.stringContaining('my_tune.m4a') as string }),
    ends: says(/among your songs/),
  },
  { key: 'producer/VIDEO', way: () => ['/video', mine], sent: P, ends: endings('mp4') },
  { key: 'suno/VIDEO', way: () => ['/video', suno], sent: S, ends: endings('mp4') },
  {
    key: 'suno/ADD_VOCALS',
    way: () => ['/add', { ...suno, part: 'vocals', lyrics: 'sun', style: 'soul' }],
    sent: () => ({ ...S(), prompt: 'sun', tags: 'soul' }),
    ends: audio(2),
  },
  {
    key: 'suno/ADD_INSTRUMENTAL',
    way: () => ['/add', { ...suno, part: 'instrumental', style: 'strings' }],
    sent: () => ({ ...S(), tags: 'strings' }),
    ends: audio(2),
  },
  {
    key: 'suno/REMASTER',
    way: () => ['/remaster', { ...suno, degree: 'high' }],
    sent: () => ({ ...S(), variation_category: 'high' }),
    ends: audio(2),
  },
  {
    key: 'suno/MASHUP',
    way: () => ['/mashup', { ...suno, other: blue.song, style: 'house' }],
    sent: () => ({ clip_ids: [clips.suno, clips.other], tags: 'house' }),
    ends: audio(2),
  },
  {
    key: 'suno/SAMPLE',
    way: () => ['/sample', { ...suno, from: '0:01', to: '0:03', prompt: 'a dance' }],
    sent: () => ({ ...S(), start: 1, end: 3, gpt_description_prompt: 'a dance' }),
    ends: audio(2),
  },
  {
    key: 'suno/SOUNDS',
    way: () => ['/sound', { prompt: 'a bell', type: 'one-shot', bpm: 90, key: 'Am' }],
    sent: () => ({ sound: 'a bell', type: 'one-shot', bpm: 90, key: 'Am' }),
    ends: (card) => expect(card.attachments.length).toBeGreaterThan(0),
  },
  { key: 'suno/MIDI', way: () => ['/midi', suno], sent: S, ends: endings('mid') },
  {
    key: 'suno/CONCAT',
    way: () => ['/concat', longer],
    sent: () => ({ clip_id: clips.longer }),
    ends: (card) => expect(card.attachments.length).toBeGreaterThan(0),
  },
  { key: 'suno/ALIGNED_LYRICS', way: () => ['/karaoke', suno], sent: S, ends: endings('lrc', 'srt') },
  {
    key: 'suno/BPM',
    way: () => ['/bpm', suno],
    sent: S,
    ends: all(says(/About \*\*\d+ beats a minute\*\*/), has('Use them')),
  },
  {
    key: 'suno/VOX',
    way: () => ['/acapella', suno],
    sent: S,
    ends: (card) => expect(card.attachments.length).toBeGreaterThan(0),
  },
  {
    key: 'suno/UPSAMPLE_TAGS',
    way: () => ['/tags', { tags: 'jazz, sax' }],
    sent: () => ({ tags: 'jazz, sax' }),
    ends: all(says(/jazz/), has('Use them')),
  },
];

/** The first of what is offered while somebody types. */
async function pick(typed: string): Promise<string> {
  const [first] = await alice.types('/cover', 'song', typed);
  expect(first?.name).toMatch(/ · 0:0\d · (just now|1 minute ago)$/);
  return String(first?.value);
}

describe("the song API's menu", () => {
  it.each(rows)(
    '$key: from its command to its card',
    { timeout: 60_000 },
    async ({ key, way, sent, ends }) => {
      const { songApi, discord } = rig;
      const [line, values] = way();
      const before = songApi.tasks.size;
      const invocation = await alice.runs(line, values as Parameters<Member['runs']>[1]);
      await discord.until(
        `a task of ${key}; the bot says: ${invocation.text()}`,
        () => songApi.tasks.size > before,
      );
      const task = [...songApi.tasks.values()].at(-1);
      expect(`${task?.platform}/${task?.action}`).toBe(key);
      expect(task?.body).toEqual(sent());
      const card = await discord.until(
        `the card of ${key}: ${invocation.text()}`,
        () => {
          const message = invocation.response();
          const done = message?.buttons.some(({ label }) => label === 'Delete') ?? false;
          return done ? message : undefined;
        },
        30_000,
      );
      expect(card.text()).not.toMatch(/didn't work out|got lost/);
      ends(card);
      const clip = task?.clips[0]?.clipId ?? '';
      if (key === 'producer/MUSIC') {
        clips.producer = clip;
        mine.song = await pick('Producer seed');
        const [first] = card.attachments;
        mp4 = new Uint8Array(await (await fetch(first?.url ?? '')).arrayBuffer());
      } else if (key === 'suno/MUSIC') {
        clips.suno = clip;
        suno.song = await pick('suno se');
      } else if (key === 'suno/EXTEND') {
        clips.longer = clip;
        longer.song = await pick('suno seed');
      } else if (key === 'suno/COVER') {
        clips.other = clip;
        blue.song = await pick('blue');
      }
    },
  );

  it('suno/PERSONA: the menu says that it is unavailable, and so does the bot', async () => {
    const before = rig.songApi.tasks.size;
    const refused = await alice.runs('/persona', { ...suno, name: 'Nina' });
    await rig.discord.until('the sentence', () =>
      refused.text().includes('doesn\'t offer "Create Voice Persona"'),
    );
    expect(rig.songApi.tasks.size).toBe(before);
  });

  it('the two fetches of each platform: how the bot asks about all of these', async () => {
    const asked = rig.songApi.journal.all().map(({ kind, path }) => `${kind} ${path.split('/')[1]}`);
    expect(asked).toContain('batch producer');
    rig.songApi.next({ vanish: true });
    await alice.runs('/song', { prompt: 'vanishes' });
    rig.songApi.next({ vanish: true });
    await alice.runs('/song', { prompt: 'vanishes', engine: 'suno' });
    for (const what of ['fetch producer', 'fetch suno', 'batch suno'])
      await rig.discord.until(what, () =>
        rig.songApi.journal.all().some(({ kind, path }) => `${kind} ${path.split('/')[1]}` === what),
      );
  });

  it('has nothing that is not asked for here', () => {
    const here = new Set([...rows.map(({ key }) => key), 'suno/PERSONA']);
    for (const platform of ['producer', 'suno'])
      for (const how of ['FETCH', 'BATCH']) here.add(`${platform}/${how}`);
    expect([...here].toSorted()).toEqual(Object.keys(builtInCatalogue).toSorted());
    expect(here.size).toBe(39);
  });
});
