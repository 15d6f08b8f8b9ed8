/** The library as members use it: every command, button and refusal, on the emulated Discord. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { Rig } from '../../playground/rig.ts';
import type { Track } from '../../src/domain/track.ts';
import { openStorage, type Storage } from '../../src/services/storage/database.ts';
import { TrackTable } from '../../src/services/storage/track-table.ts';
import { audioOf } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';
import { track } from '../support/tracks.ts';

async function house() {
  const rig = await quickRig({ songApi: { enabled: 'all', serveUploads: true } });
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  const alice = guild.member('alice').in(channel);
  return { rig, guild, channel, alice, bob: guild.member('bob').in(channel) };
}

/** The library itself, opened beside the bot. */
async function shelvesOf({ environment }: Rig): Promise<{ storage: Storage; table: TrackTable }> {
  const ignore = (): void => undefined;
  const storage = await openStorage({
    databaseUrl: undefined,
    dataDir: environment['DATA_DIR'] ?? '',
    now: Date.now,
    onCorrupt: ignore,
    onError: ignore,
  });
  onTestFinished(() => storage.close());
  return { storage, table: new TrackTable(storage, { onCorrupt: ignore }) };
}

/** Puts songs on the shelf that nobody had to wait for. */
async function shelve(
  rig: Rig,
  alice: Member,
  count: number,
  more: (n: number) => Partial<Track> = () => ({}),
) {
  const { storage, table } = await shelvesOf(rig);
  const { guild, id: channelId } = alice.channel;
  const songs = Array.from({ length: count }, (_, n) =>
    track(n, { guildId: guild?.id ?? null, channelId, userId: alice.id, title: `Song no ${n}`, ...more(n) }),
  );
  await table.add(storage.db, songs);
  return songs;
}

function finished({ discord }: Rig, invocation: Invocation): Promise<EmulatedMessage> {
  return discord.until(`a finished card; it says: ${invocation.text()}`, () => {
    const card = invocation.response();
    return card?.buttons.some(({ label }) => label === 'Delete') ? card : undefined;
  });
}

const sung = async (
  rig: Rig,
  who: Member,
  values: Record<string, string | boolean>,
): Promise<EmulatedMessage> =>
  finished(rig, await who.runs('/song', { prompt: 'rain', engine: 'producer', ...values }));

/** The newest song that somebody may pick. */
const firstSong = (who: Member): Promise<string> => songCalled(who, '');

async function songCalled(who: Member, title: string): Promise<string> {
  const [choice] = await who.types('/songs show', 'song', title);
  return String(choice?.value);
}

const says = ({ discord }: Rig, invocation: Invocation, words: string | RegExp): Promise<unknown> =>
  discord.until(`${words}; it says: ${invocation.text()}`, () =>
    typeof words === 'string' ? invocation.text().includes(words) : words.test(invocation.text()),
  );

const idOf = (card: EmulatedMessage, label: string): string =>
  card.buttons.find((button) => button.label === label)?.customId ?? '';

describe('lists of songs', () => {
  it('are turned by buttons, also after a restart, and are seen by who asked', async () => {
    const { rig, alice, bob } = await house();
    await shelve(rig, alice, 23);
    const asked = await alice.runs('/songs list');
    const list = await asked.settled();
    expect(list.ephemeralFor).toBe(alice.id);
    await says(rig, asked, /Your songs[\s\S]*1\. \*\*Song no 22\*\*[\s\S]*23 songs · page 1 of 3/);
    expect(list.buttons.find(({ label }) => label === '◀ Newer')?.disabled).toBe(true);
    await alice.clicks('Older ▶', list);
    await says(rig, asked, /11\. \*\*Song no 12\*\*[\s\S]*page 2 of 3/);
    await rig.restart();
    await alice.clicks('Older ▶', list);
    await says(rig, asked, /23\. \*\*Song no 0\*\*[\s\S]*page 3 of 3/);
    const older = idOf(list, 'Older ▶');
    expect(list.buttons.find(({ label }) => label === 'Older ▶')?.disabled).toBe(true);
    await alice.clicks('◀ Newer', list);
    await says(rig, asked, 'page 2 of 3');

    // Somebody else's press, forged, shows what is theirs: nothing.
    const help = await bob.runs('/songs list');
    await says(rig, help, 'You have no songs yet');
    const own = await help.settled();
    const forged = await bob.clicksId(older, own);
    await forged.settled().catch(() => undefined);
    await says(rig, help, 'You have no songs yet');
    const broken = await bob.clicksId('1.page.everybody.-.-.1.', own);
    await says(rig, broken, 'older version');
  });

  it('are filtered, searched and narrowed to favourites; what is private is its owner’s', async () => {
    const { rig, guild, alice, bob } = await house();
    const songs = await shelve(rig, alice, 6, (n) => ({
      ...(n === 1 ? { action: 'suno/COVER', platform: 'suno', title: 'Harbour lights' } : {}),
      ...(n === 2 ? { private: true, title: 'Secret harbour' } : {}),
      ...(n === 3 ? { prompt: 'a harbour in the fog' } : {}),
      ...(n === 4 ? { guildId: '100000000000000009', title: 'Harbour elsewhere' } : {}),
    }));
    const run = async (who: Member, line: string, values: Record<string, string> = {}) => {
      const invocation = await who.runs(line, values);
      await invocation.settled();
      return invocation.text();
    };
    expect(await run(alice, '/songs list', { kind: 'cover' })).toMatch(/Only: Cover[\s\S]*Harbour lights/);
    expect(await run(alice, '/songs list', { engine: 'suno', kind: 'extend' })).toContain('No song fits');
    const found = await run(alice, '/songs search', { words: 'HARBOUR' });
    expect(found).toMatch(
      /“harbour”[\s\S]*Harbour elsewhere[\s\S]*Song no 3[\s\S]*Secret harbour[\s\S]*🔒[\s\S]*4 songs/,
    );
    const bobs = await run(bob, '/songs search', { words: 'harbour' });
    expect(bobs).toMatch(/Song no 3[\s\S]*Harbour lights[\s\S]*2 songs/);
    expect(bobs).not.toMatch(/Secret|elsewhere/);
    const server = await run(bob, '/songs list', { whose: 'server' });
    expect(server).toMatch(/This server's songs[\s\S]*4 songs/);
    expect(server).toContain(`<@${alice.id}>`);
    expect(await run(bob, '/songs search', { words: '!?' })).toContain('I need something in `words`');
    expect(await run(bob, '/songs favourites')).toContain('You have no favourites yet');
    const { table } = await shelvesOf(rig);
    for (const n of [0, 2]) await table.favour(bob.id, songs[n]?.id ?? '', n);
    expect(await run(bob, '/songs favourites')).toMatch(/Song no 0[\s\S]*1 song$/m);
    const alone = bob.in(rig.discord.dm(bob));
    expect(await run(alone, '/songs list', { whose: 'server' })).toContain('only works in a server');
    expect(await run(guild.member('carol').in(bob.channel), '/songs list')).toContain('no songs yet');
  });
});

describe('/songs show', () => {
  it('brings a song back with its files and buttons, for all to hear, and again after a restart', async () => {
    const { rig, alice, bob } = await house();
    const first = await sung(rig, alice, { title: 'Wet' });
    const [choice] = await bob.types('/songs show', 'song', 'we');
    expect(choice?.name).toContain('Wet');
    await rig.restart();
    const shown = await finished(rig, await bob.runs('/songs show', { song: String(choice?.value) }));
    expect(shown.id).not.toBe(first.id);
    expect(shown.ephemeralFor).toBeUndefined();
    expect(audioOf(shown)).toHaveLength(1);
    expect(shown.buttons.map(({ label }) => label)).toEqual(first.buttons.map(({ label }) => label));
    expect(rig.songApi.tasks.size).toBe(1);
    // Its buttons work like those of the first card.
    await finished(rig, await bob.clicks('Another take', shown));
    expect(rig.songApi.tasks.size).toBe(2);
    // From a list, by its select.
    const list = await alice.runs('/songs list');
    const picked = await alice.picks('Bring one back…', [String(choice?.value)], await list.settled());
    expect(audioOf(await finished(rig, picked))).toHaveLength(1);
  });

  it('shows what is private to its owner only, and to nobody else that it is there', async () => {
    const { rig, alice, bob } = await house();
    await sung(rig, alice, { title: 'Secret', private: true });
    const [choice] = await alice.types('/songs show', 'song', 'secret');
    const song = String(choice?.value);
    const shown = await finished(rig, await alice.runs('/songs show', { song, private: false }));
    expect(shown.ephemeralFor).toBe(alice.id);
    expect(await bob.types('/songs show', 'song', 'secret')).toEqual([]);
    await says(rig, await bob.runs('/songs show', { song }), 'no such song here');
    const own = await (await bob.runs('/songs list')).settled();
    for (const name of ['show', 'versions', 'favourite'])
      await says(rig, await bob.clicksId(`1.${name}.${song}`, own), "don't know that song");
  });

  it('asks the song API anew for a file that has moved, and says when it is gone for good', async () => {
    const { rig, alice } = await house();
    await sung(rig, alice, { title: 'Wet' });
    const song = await firstSong(alice);
    const { storage } = await shelvesOf(rig);
    const { status } = await storage.db.selectFrom('job').select('status').executeTakeFirstOrThrow();
    await storage.db
      .updateTable('job')
      .set({ status: status.replaceAll('/clips/', '/old-clips/') })
      .execute();
    const before = rig.songApi.tasks.size;
    const shown = await finished(rig, await alice.runs('/songs show', { song }));
    expect(audioOf(shown)).toHaveLength(1);
    expect(rig.songApi.tasks.size).toBe(before);
    rig.songApi.faults.add(({ path }) => path.includes('/clips/'), { kind: 'answer', status: 404 }, Infinity);
    const refused = await alice.runs('/songs show', { song });
    await says(rig, refused, 'no longer has the files');
    expect(alice.sees().findLast((message) => message.text().includes('no longer'))?.ephemeralFor).toBe(
      alice.id,
    );
  });

  it('works for a song of one’s own from another server, and for nobody else there', async () => {
    const { rig, alice } = await house();
    await sung(rig, alice, { title: 'Wet', lyrics: 'la la la' });
    const song = await firstSong(alice);
    const elsewhere = rig.discord.guild('Elsewhere');
    const den = elsewhere.channel('den');
    const mallory = elsewhere.member('mallory').in(den);
    await says(rig, await mallory.runs('/songs show', { song }), 'no such song here');
    const away = elsewhere.member('alice', { user: alice.person.user }).in(den);
    const shown = await finished(rig, await away.runs('/songs show', { song }));
    await says(rig, await away.clicks('Lyrics', shown), 'la la la');
    await says(rig, await mallory.clicks('Lyrics', shown), 'belongs to another server');
  });
});

describe('the versions of a song', () => {
  it('are a tree as text and as a picture, from any of them, without what is private', async () => {
    const { rig, alice, bob } = await house();
    const root = await sung(rig, alice, { title: 'Wet' });
    const only = await alice.clicks('Versions', root);
    await says(rig, only, 'only version so far');
    await bob.clicks('Cover', root);
    const cover = await finished(rig, await bob.submits({ 'How it should sound': 'brass band' }));
    const asked = await alice.clicks('Versions', cover);
    await says(rig, asked, /Wet \(Song · alice[\s\S]*└─ .*\(Cover · bob[^\n]*◄ this one/);
    const shown = await asked.settled();
    expect(shown.ephemeralFor).toBe(alice.id);
    expect(shown.attachments.map(({ filename }) => filename)).toEqual(['versions.png']);
  });
});

describe('/songs export', () => {
  it('packs the audio, the words and what is known of each song, seen by its owner only', async () => {
    const { rig, alice, bob } = await house();
    await sung(rig, alice, { title: 'Wet', lyrics: 'la la la' });
    await sung(rig, alice, { title: 'Secret', private: true });
    await sung(rig, bob, { title: 'Not hers' });
    await shelve(rig, alice, 1, () => ({ title: 'Gone', audioUrl: null, createdAt: 1000 }));
    const asked = await alice.runs('/songs export');
    await says(rig, asked, /3 songs\. 1 without audio/);
    const message = await asked.settled();
    expect(message.ephemeralFor).toBe(alice.id);
    expect(message.attachments.map(({ filename }) => filename)).toEqual(['songs.zip']);
    const files = unzip(message.attachments[0]?.bytes() ?? Buffer.alloc(0));
    expect([...files.keys()].toSorted()).toEqual([
      '001 Secret.json',
      '001 Secret.m4a',
      '001 Secret.txt',
      '002 Wet.json',
      '002 Wet.m4a',
      '002 Wet.txt',
      '003 Gone.json',
    ]);
    expect(files.get('002 Wet.txt')?.toString()).toContain('la la la');
    expect(files.get('002 Wet.m4a')?.subarray(4, 8).toString()).toBe('ftyp');
    const about: unknown = JSON.parse(files.get('002 Wet.json')?.toString() ?? '');
    expect(about).toMatchObject({ title: 'Wet', prompt: 'rain', engine: 'producer', file: '002 Wet.m4a' });

    const one = await bob.runs('/songs export', { song: await songCalled(bob, 'wet') });
    await says(rig, one, '1 song.');
    await says(
      rig,
      await bob.runs('/songs export', { song: await songCalled(alice, 'secret') }),
      'no such song',
    );
  });

  it('is done one at a time for a member, and says so; who has no songs hears that', async () => {
    const { rig, alice, bob } = await house();
    await sung(rig, alice, { title: 'Wet' });
    const open = rig.songApi.faults.add(({ path }) => path.includes('/clips/'), { kind: 'hang' });
    const first = await alice.runs('/songs export');
    await says(rig, await alice.runs('/songs export'), 'still packing');
    open();
    await says(rig, await bob.runs('/songs export'), 'You have no songs yet');
    // The bot stops: who waits hears why.
    await rig.restart();
    await says(rig, first, 'about to restart');
    await says(rig, await alice.runs('/songs export'), '1 song.');
  });
});

describe('/songs delete', () => {
  it('takes a song away after a second thought, with its card; not for strangers, not twice', async () => {
    const { rig, guild, channel, alice, bob } = await house();
    const card = await sung(rig, alice, { title: 'Wet' });
    const kept = await sung(rig, alice, { title: 'Dry' });
    const song = await songCalled(alice, 'wet');
    await says(rig, await bob.runs('/songs delete', { song }), 'Only the person who asked');
    const question = await alice.runs('/songs delete', { song });
    await says(rig, question, 'Shall **Wet** be deleted?');
    const own = await (await bob.runs('/songs list')).settled();
    await says(rig, await bob.clicksId(`1.remove.${song}`, own), 'Only the person who asked');
    await rig.restart();
    await alice.clicks('Delete it', await question.settled());
    await says(rig, question, '"Wet" is deleted, and its message with it');
    expect(card.deleted).toBe(true);
    expect(kept.deleted).toBe(false);
    await says(rig, await alice.runs('/songs show', { song }), 'no such song');
    await says(
      rig,
      await alice.clicksId(`1.remove.${song}`, await question.settled()),
      "don't know that song",
    );
    const admin = guild.member('ada', { admin: true }).in(channel);
    const asked = await admin.runs('/songs delete', { song: 'dry' });
    await says(rig, asked, 'Shall **Dry** be deleted?');
    await admin.clicks('Delete it', await asked.settled());
    await says(rig, asked, 'is deleted');
    await says(rig, await alice.runs('/songs list'), 'You have no songs yet');
  });

  it('keeps the card while another take of it is there', async () => {
    const { rig, alice } = await house();
    const card = await sung(rig, alice, { title: 'Wet', engine: 'suno' });
    for (const isLast of [false, true]) {
      const asked = await alice.runs('/songs delete', { song: 'wet' });
      await says(rig, asked, 'be deleted?');
      await alice.clicks('Delete it', await asked.settled());
      await says(rig, asked, isLast ? 'and its message with it' : 'is deleted.');
      expect(card.deleted).toBe(isLast);
    }
  });
});

/** What a zip of stored files holds, by its directory. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [size, nameBytes, extra] = [
      zip.readUInt32LE(at + 24),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.set(name, zip.subarray(begin, begin + size));
    at += 46 + nameBytes + extra + zip.readUInt16LE(at + 32);
  }
  return files;
}
