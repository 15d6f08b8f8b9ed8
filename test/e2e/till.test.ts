import { describe, expect, it } from 'vitest';
import type { Rig } from '../../playground/rig.ts';
import { audioOf, cardSaying, songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

/** A guild with an admin, a member and a channel. */
async function server(environment: Record<string, string> = {}) {
  const rig = await quickRig({ environment });
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  const admin = guild.member('ada', { admin: true }).in(channel);
  const alice = guild.member('alice').in(channel);
  return { rig, guild, channel, admin, alice };
}

type Speaker = Awaited<ReturnType<typeof server>>['alice'];

async function says(
  rig: Rig,
  who: Speaker,
  line: string,
  values: Parameters<Speaker['runs']>[1],
  words: string | RegExp,
  force = false,
) {
  const invocation = await who.runs(line, values, { force });
  await rig.discord.until(`${line} says ${words}`, () =>
    typeof words === 'string' ? invocation.text().includes(words) : words.test(invocation.text()),
  );
  expect(invocation.response()?.ephemeralFor).toBe(who.id);
  return invocation;
}

/** Asks until it says so: credits are settled a moment after Discord has taken the card. */
async function comesToSay(rig: Rig, who: Speaker, line: string, words: string) {
  return rig.discord.until(`${line} comes to say ${words}`, async () => {
    const invocation = await who.runs(line);
    await invocation.settled();
    return invocation.text().includes(words) && invocation;
  });
}

describe('/quota', () => {
  it('shows used, held, left and the reset of me and of this server', async () => {
    const { rig, channel, alice } = await server({ USER_CREDITS: '5', GUILD_CREDITS: '50' });
    await alice.runs('/song', { prompt: 'one' });
    await songIn(rig.discord, channel);
    rig.songApi.always({ neverFinish: true });
    await alice.runs('/song', { prompt: 'two' });
    await rig.discord.until('the second task', () => rig.songApi.tasks.size === 2);
    const invocation = await comesToSay(rig, alice, '/quota', '1 used, 1 held for songs under way');
    expect(invocation.text()).toMatch(/\*\*3 left\*\* of 5 a day · starts over <t:\d+:R>/);
    expect(invocation.text()).toMatch(/\*\*48 left\*\* of 50 a month/);
    expect(invocation.text()).toContain('█');
  });

  it('a song that fails, is cancelled, lost or unanswered costs nothing, one asked for right afterwards costs once', async () => {
    const { rig, channel, alice } = await server({ MAX_JOBS_PER_USER: '9', MAX_JOBS_PER_GUILD: '9' });
    const { songApi, discord } = rig;
    songApi.next({ fail: 'no' });
    await alice.runs('/song', { prompt: 'fails' });
    await cardSaying(discord, channel, 'The song service says');
    songApi.next({ vanish: true });
    await alice.runs('/song', { prompt: 'vanishes' });
    await cardSaying(discord, channel, 'got lost');
    songApi.faults.add('POST /producer/submit/MUSIC', { kind: 'drop-after' });
    await alice.runs('/song', { prompt: 'is not answered' });
    await cardSaying(discord, channel, 'got no answer');
    songApi.next({ neverFinish: true });
    await alice.runs('/song', { prompt: 'is cancelled' });
    await cardSaying(discord, channel, /is cancelled[\s\S]* %/);
    await alice.clicks('Cancel');
    await cardSaying(discord, channel, "can't stop a song");
    await says(rig, alice, '/quota', {}, '0 used, 0 held');
    await alice.runs('/song', { prompt: 'works' });
    await songIn(discord, channel);
    await comesToSay(rig, alice, '/quota', '1 used, 0 held');
  });
});

describe('credits that are spent', () => {
  it("of a member are a private refusal with the time of the reset; another member's are not touched", async () => {
    const { rig, guild, channel, alice } = await server({ USER_CREDITS: '1' });
    await alice.runs('/song', { prompt: 'one' });
    const refused = await alice.runs('/song', { prompt: 'two' });
    await rig.discord.until('the refusal', () =>
      /You have 0 credits left; it starts over <t:\d+:R>/.test(refused.text()),
    );
    await songIn(rig.discord, channel);
    expect(channel.cards().filter((card) => card.ephemeralFor === undefined)).toHaveLength(1);
    await guild.member('bob').in(channel).runs('/song', { prompt: 'three' });
    await rig.discord.until('the other song', () => rig.songApi.tasks.size === 2);
  });

  it('of a server stop all its members, and no other server', async () => {
    const { rig, guild, channel, alice } = await server({ GUILD_CREDITS: '1' });
    await alice.runs('/song', { prompt: 'one' });
    const refused = await guild.member('bob').in(channel).runs('/song', { prompt: 'two' });
    await rig.discord.until('the refusal', () => refused.text().includes('This server has 0 credits left'));
    const elsewhere = rig.discord.guild('Elsewhere').channel('songs');
    const carol = rig.discord.guilds.at(-1)!.member('carol').in(elsewhere);
    await carol.runs('/song', { prompt: 'three' });
    await songIn(rig.discord, elsewhere);
  });
});

describe('/quota-admin', () => {
  it('sets, grants, resets, and each shows in /quota', async () => {
    const { rig, guild, admin, alice } = await server({ USER_CREDITS: '2', GUILD_CREDITS: '1000' });
    const role = guild.role('singers');
    const carla = guild.member('carla', { roles: [role] });
    await says(rig, admin, '/quota-admin guild', { credits: 40, period: 'week' }, '40 credits a week');
    await says(rig, alice, '/quota', {}, '**40 left** of 40 a week');
    await says(
      rig,
      admin,
      '/quota-admin user',
      { user: alice, credits: 7, period: 'day' },
      'may spend 7 credits a day',
    );
    await says(rig, alice, '/quota', {}, '**7 left** of 7 a day');
    await says(
      rig,
      admin,
      '/quota-admin role',
      { role, credits: 9, period: 'day' },
      'may spend 9 credits a day',
    );
    await says(rig, carla, '/quota', {}, '**9 left** of 9 a day');
    await says(rig, admin, '/quota-admin grant', { user: alice, credits: 3 }, '3 credits on top');
    await says(rig, alice, '/quota', {}, '**10 left**');
    await says(rig, admin, '/quota-admin reset', { user: alice }, 'starts over');
    await says(rig, alice, '/quota', {}, '**7 left**');
    const audit = await says(rig, admin, '/quota-admin audit', {}, 'Who changed what');
    for (const words of [
      'set this server to 40 a week',
      'to 7 a day',
      'to 9 a day',
      'gave 3 credits',
      'reset',
    ])
      expect(audit.text()).toContain(words);
  });

  it("can't lift a server over the operator's ceiling", async () => {
    const { rig, admin } = await server({ GUILD_CREDITS: '30' });
    await says(
      rig,
      admin,
      '/quota-admin guild',
      { credits: 500, period: 'month' },
      "as far as the bot's operator allows",
    );
    await says(rig, admin, '/quota', {}, '**30 left** of 30 a month');
  });

  it('shows what was spent as sentences and as a picture', async () => {
    const { rig, channel, admin, alice } = await server();
    await alice.runs('/song', { prompt: 'one' });
    await songIn(rig.discord, channel);
    const shown = await comesToSay(rig, admin, '/quota-admin show', '1 used');
    const [chart] = shown.response()?.attachments ?? [];
    expect(chart?.filename).toBe('usage.png');
    expect(chart?.bytes().subarray(1, 4).toString()).toBe('PNG');
    expect(shown.text()).toContain('The song service charged 30000 units for 1 song');
    expect(shown.text()).toContain('alice: 1');
  });

  it('pauses: new songs are refused, waiting ones say why and go on after resume', async () => {
    const { rig, guild, channel, admin, alice } = await server({ MAX_JOBS_PER_USER: '1' });
    rig.songApi.next({ neverFinish: true });
    await alice.runs('/song', { prompt: 'first' });
    await cardSaying(rig.discord, channel, /first[\s\S]* %/);
    await alice.runs('/song', { prompt: 'second' });
    await cardSaying(rig.discord, channel, 'number 1 in the queue');
    await says(rig, admin, '/quota-admin pause', {}, 'paused here');
    await cardSaying(rig.discord, channel, 'an admin has paused songs');
    const refused = await guild.member('bob').in(channel).runs('/song', { prompt: 'third' });
    await rig.discord.until('the refusal', () => refused.text().includes('has paused songs'));
    rig.songApi.finishAll();
    await alice.in(channel).clicks(
      'Cancel',
      channel.cards().find((card) => card.text().includes('first')),
    );
    await says(rig, admin, '/quota-admin resume', {}, 'made again');
    await rig.discord.until('the second song', () =>
      channel.cards().some((card) => card.text().includes('second') && audioOf(card).length > 0),
    );
  });

  it('refuses who may not, what is not of this server, and what makes no sense; the ledger stays as it was', async () => {
    const { rig, guild, admin, alice } = await server();
    const mallory = guild.member('mallory');
    const elsewhere = rig.discord.guild('Elsewhere');
    elsewhere.channel('square');
    const stranger = elsewhere.member('stranger');
    const foreignRole = elsewhere.role('foreign');
    const forced: [Speaker, string, Record<string, unknown>, string][] = [
      [mallory, '/quota-admin pause', {}, 'Manage Server'],
      [mallory, '/settings confirm-price', { on: false }, 'Manage Server'],
      [
        admin,
        '/quota-admin user',
        { user: alice, credits: -5, period: 'day' },
        "can't do anything with that value",
      ],
      [
        admin,
        '/quota-admin user',
        { user: alice, credits: 1.5, period: 'day' },
        "can't do anything with that value",
      ],
      [
        admin,
        '/quota-admin user',
        { user: alice, credits: 1e15, period: 'day' },
        "can't do anything with that value",
      ],
      [
        admin,
        '/quota-admin user',
        { user: alice, credits: 5, period: 'fortnight' },
        "can't do anything with that value",
      ],
      [
        admin,
        '/quota-admin user',
        { user: stranger, credits: 5, period: 'day' },
        'not a member of this server',
      ],
      [admin, '/quota-admin grant', { user: alice, credits: 0 }, "can't do anything with that value"],
      [
        admin,
        '/quota-admin role',
        { role: foreignRole, credits: 5, period: 'day' },
        "can't do anything with that value",
      ],
    ];
    for (const [who, line, values, words] of forced)
      await says(rig, who, line, values as Parameters<Speaker['runs']>[1], words, true);
    await says(rig, admin, '/quota-admin audit', {}, 'Nobody has changed anything');
  });

  it('two admins at once both count', async () => {
    const { rig, guild, admin, alice } = await server({ USER_CREDITS: '1' });
    const other = guild.member('otto', { admin: true });
    await Promise.all([
      admin.runs('/quota-admin grant', { user: alice, credits: 3 }),
      other.runs('/quota-admin grant', { user: alice, credits: 4 }),
    ]);
    const quota = async () => {
      const invocation = await alice.runs('/quota');
      await invocation.settled();
      return invocation.text().includes('**8 left**');
    };
    await rig.discord.until('both grants', quota);
  });

  it('an admin who has just lost the permission is refused', async () => {
    const { rig, guild } = await server();
    const ada = guild.member('adele', { admin: true });
    await says(rig, ada, '/quota-admin pause', {}, 'paused here');
    ada.person.permissions = 0n;
    await says(rig, ada, '/quota-admin resume', {}, 'Manage Server', true);
  });
});

describe('the audit channel', () => {
  it('is told of changes and of a budget that runs out, once a line', async () => {
    const { rig, guild, admin, alice } = await server({ GUILD_CREDITS: '5', USER_CREDITS: '50' });
    const audit = guild.channel('audit');
    await says(rig, admin, '/settings audit-channel', { channel: audit }, 'Audit channel');
    await says(rig, admin, '/quota-admin grant', { user: alice, credits: 1 }, 'on top');
    await rig.discord.until('the change', () => audit.asText().includes('gave 1 credit'));
    for (const prompt of ['1', '2', '3', '4', '5']) await alice.runs('/song', { prompt });
    await rig.discord.until('80 %', () => audit.asText().includes('80 % of this server'));
    await rig.discord.until('100 %', () => audit.asText().includes('credits are spent: 5 of 5'));
    expect(audit.messages()).toHaveLength(3);
  });
});

describe('a price above a plain song', () => {
  it('is said and asked about; a press makes the song once; a setting turns it off', async () => {
    const rig = await quickRig({ catalogue: { 'suno/MUSIC': { price: 3 } } });
    const guild = rig.discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    const asked = await says(
      rig,
      alice,
      '/song',
      { prompt: 'dear', engine: 'suno' },
      'This costs 3 credits; 20 credits can be spent',
    );
    expect(rig.songApi.tasks.size).toBe(0);
    await alice.clicks('Make it for 3 credits', asked.response());
    const card = await songIn(rig.discord, channel);
    expect(card.buttons.map(({ label }) => label)).toContain('Another take · 3 credits');
    const again = await alice.clicks('Make it for 3 credits', asked.response());
    await rig.discord.until('the refusal', () => again.text().includes('answered already'));
    await comesToSay(rig, alice, '/quota', '3 used');
    const admin = guild.member('ada', { admin: true }).in(channel);
    await says(rig, admin, '/settings confirm-price', { on: false }, 'Ask before a higher price** · no');
    await alice.runs('/song', { prompt: 'dear', engine: 'suno' });
    await rig.discord.until('a second song without a question', () => rig.songApi.tasks.size === 2);
  });

  it("asks the member alone: another's press is refused", async () => {
    const rig = await quickRig({ catalogue: { 'suno/MUSIC': { price: 3 } } });
    const guild = rig.discord.guild('Garden');
    const channel = guild.channel('songs');
    const asked = await says(
      rig,
      guild.member('alice').in(channel),
      '/song',
      { prompt: 'dear', engine: 'suno' },
      'This costs',
    );
    const id = asked.response()?.buttons[0]?.customId ?? '';
    const bob = guild.member('bob').in(channel);
    const help = await bob.runs('/help');
    await help.settled();
    const pressed = await bob.clicksId(id, help.response()!);
    await rig.discord.until('the refusal', () => pressed.text().includes('Only the person'));
    expect(rig.songApi.tasks.size).toBe(0);
  });
});

describe('/settings', () => {
  it('decide channels, words, engine, private results and time zone', async () => {
    const { rig, guild, channel, admin, alice } = await server();
    const stage = guild.channel('stage');
    await says(rig, admin, '/settings channel', { channel: stage, allowed: true }, 'Settings of this server');
    const elsewhere = await alice.runs('/song', { prompt: 'x' });
    await rig.discord.until('the refusal', () =>
      elsewhere.text().includes(`other channels here: <#${stage.id}>`),
    );
    await says(rig, admin, '/settings words', { list: 'Kazoo, vuvuzela' }, 'kazoo, vuvuzela');
    const word = await alice.in(stage).runs('/song', { prompt: 'a KAZOO solo' });
    await rig.discord.until('the refusal', () =>
      word.text().includes("word that this server's admins don't allow"),
    );
    await says(rig, admin, '/settings engine', { engine: 'suno', model: 'chirp-v4' }, 'Suno');
    await says(rig, admin, '/settings private-results', { on: true }, 'seen by their member only');
    await alice.in(stage).runs('/song', { prompt: 'a kazoom solo' });
    await rig.discord.until('the song', () => stage.cards(alice).some((card) => audioOf(card).length === 2));
    expect(stage.cards()).toEqual([]);
    expect(rig.songApi.journal.submits().map(({ path, body }) => [path, body])).toEqual([
      ['/suno/submit/MUSIC', { gpt_description_prompt: 'a kazoom solo', mv: 'chirp-v4' }],
    ]);
    const zones = await admin.types('/settings time-zone', 'zone', 'berl');
    expect(zones.map(({ value }) => value)).toEqual(['Europe/Berlin']);
    await says(rig, admin, '/settings time-zone', { zone: 'Europe/Berlin' }, 'Europe/Berlin');
    await says(rig, admin, '/settings time-zone', { zone: 'Mars/Olympus' }, "don't know that time zone");
    expect(channel.cards()).toEqual([]);
    expect(rig.discord.violations).toEqual([]);
  });
});

describe('/operator', () => {
  it('exists in its servers only, and acts for the owners only', async () => {
    const rig = await quickRig();
    const desk = rig.discord.guild('Desk');
    const room = desk.channel('room');
    const boss = desk.member('boss', { admin: true }).in(room);
    const clerk = desk.member('clerk', { admin: true }).in(room);
    const garden = rig.discord.guild('Garden');
    const channel = garden.channel('songs');
    const alice = garden.member('alice', { admin: true }).in(channel);
    Object.assign(rig.environment, { OWNER_IDS: boss.id, OPERATOR_GUILD_IDS: desk.id });
    await rig.restart();

    expect(() => alice.fires('/operator totals')).toThrow(/operator/);
    await says(rig, clerk, '/operator totals', {}, 'people who run this bot');
    await says(rig, boss, '/operator totals', {}, 'No server has asked');
    await says(
      rig,
      boss,
      '/operator ceiling',
      { server: garden.id, credits: 3, period: 'week' },
      '3 credits a week',
    );
    await says(rig, alice, '/quota', {}, '**3 left** of 3 a week');
    await says(rig, boss, '/operator grant', { server: garden.id, credits: 2 }, '2 credits on top');
    await says(rig, alice, '/quota', {}, '**5 left** of 3 a week');
    await says(rig, boss, '/operator totals', {}, garden.id);
    await says(rig, boss, '/operator block', { user: alice }, 'No songs for');
    await refusedSong(rig, alice, "don't take songs from here");
    await says(rig, boss, '/operator unblock', { user: alice }, 'Songs again');
    await says(rig, boss, '/operator block-server', { server: garden.id }, 'No songs for');
    await refusedSong(rig, alice, "don't take songs from here");
    await says(rig, boss, '/operator unblock-server', { server: garden.id }, 'Songs again');
    await alice.runs('/song', { prompt: 'x' });
    await songIn(rig.discord, channel);
    await says(
      rig,
      boss,
      '/operator ceiling',
      { server: 'x'.repeat(17), credits: 3, period: 'week' },
      "can't do anything with that value",
    );
    expect(rig.discord.violations).toEqual([]);
  });
});

async function refusedSong(rig: Rig, who: Speaker, words: string): Promise<void> {
  const refused = await who.runs('/song', { prompt: 'x' });
  await rig.discord.until(words, () => refused.text().includes(words));
}
