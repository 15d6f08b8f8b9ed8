import { describe, expect, it } from 'vitest';
import { audioOf, cardSaying, songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

describe('a song', () => {
  it('goes from /song to audio in the same message, with buttons for what comes next', async () => {
    const { discord, songApi } = await quickRig({ songApi: { songMs: [1500, 1600] } });
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice');

    const invocation = await alice.in(channel).runs('/song', { prompt: 'slow sad piano about rain' });
    const progress = await cardSaying(discord, channel, /[1-9]\d? %/);
    expect(progress.buttons.map(({ label }) => label)).toEqual(['Cancel']);
    const card = await songIn(discord, channel);

    expect(card.id).toBe(invocation.response()?.id);
    expect(channel.cards()).toHaveLength(1);
    const [audio] = audioOf(card);
    expect(audio?.filename).toMatch(/\.m4a$/);
    expect(audio?.bytes().subarray(4, 8).toString()).toBe('ftyp');
    // The API says duration: null; the length on the card comes from the file.
    expect(card.text()).toContain('0:02');
    expect(card.buttons.map(({ label }) => label)).toEqual([
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
    expect(card.pinged).toEqual([]);
    expect(songApi.tasks.size).toBe(1);
    expect(discord.violations).toEqual([]);
  });

  it('sends every option under its wire name, and only what was given', async () => {
    const { discord, songApi } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', {
      prompt: 'harbour at night',
      style: 'jazz, trumpet',
      lyrics: '[Verse]\nlights on the water',
      title: 'Harbour',
      instrumental: false,
      engine: 'producer',
      model: 'FUZZ-1.1 Pro',
      seed: 4711,
    });
    const card = await songIn(discord, channel);
    expect(songApi.journal.submits().map(({ body }) => body)).toEqual([
      {
        prompt: 'harbour at night',
        style: 'jazz, trumpet',
        lyrics: '[Verse]\nlights on the water',
        title: 'Harbour',
        make_instrumental: false,
        mv: 'FUZZ-1.1 Pro',
        seed: '4711',
      },
    ]);
    expect(audioOf(card)[0]?.filename).toBe('Harbour.m4a');
  });

  it('from Suno carries both takes in one card', async () => {
    const { discord, songApi } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', { prompt: 'two sisters sing', engine: 'suno' });
    const card = await songIn(discord, channel);
    expect(audioOf(card)).toHaveLength(2);
    expect(songApi.journal.submits().map(({ path, body }) => [path, body])).toEqual([
      ['/suno/submit/MUSIC', { gpt_description_prompt: 'two sisters sing' }],
    ]);
  });

  it('that is private is seen by its member alone', async () => {
    const { discord } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice');
    const bob = guild.member('bob');
    await alice.in(channel).runs('/song', { prompt: 'a secret', private: true });
    const card = await discord.until('the private song', () =>
      channel.cards(alice).find((message) => audioOf(message).length > 0),
    );
    expect(card.ephemeralFor).toBe(alice.id);
    expect(channel.cards(bob)).toEqual([]);
  });

  it('whose gateway says no shows the reason, charges nothing and offers another try', async () => {
    const { discord, songApi } = await quickRig();
    songApi.next({ fail: 'the muse is on holiday' });
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    await alice.runs('/song', { prompt: 'anything' });
    const card = await cardSaying(discord, channel, 'the muse is on holiday');
    expect(card.text()).toContain('Nothing was charged');
    await alice.clicks('Try again');
    await songIn(discord, channel);
    expect(songApi.tasks.size).toBe(2);
  });

  it('keeps mentions in a prompt from pinging anybody', async () => {
    const { discord } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const bob = guild.member('bob');
    await guild
      .member('alice')
      .in(channel)
      .runs('/song', { prompt: `@everyone <@${bob.id}> wake up` });
    await songIn(discord, channel);
    expect(channel.cards().flatMap((card) => card.pinged)).toEqual([]);
  });
});

describe('buttons and lists', () => {
  it('another take is a new song by the same words, in a message of its own', async () => {
    const { discord, songApi } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    await guild.member('alice').in(channel).runs('/song', { prompt: 'fast techno', seed: 7 });
    await songIn(discord, channel);
    await guild.member('bob').in(channel).clicks('Another take');
    await discord.until(
      'two songs',
      () => channel.cards().filter((card) => audioOf(card).length > 0).length === 2,
    );
    const bodies = songApi.journal.submits().map(({ body }) => body);
    expect(bodies).toEqual([{ prompt: 'fast techno', seed: '7' }, { prompt: 'fast techno' }]);
  });

  it('lyrics are shown to who asks', async () => {
    const { discord } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    await alice.runs('/song', { prompt: 'hello', lyrics: '[Verse]\nlights on the water' });
    await songIn(discord, channel);
    const invocation = await alice.clicks('Lyrics');
    await discord.until('the lyrics', () => invocation.text().includes('lights on the water'));
    expect(invocation.response()?.ephemeralFor).toBe(alice.id);
  });

  it('delete is for the owner and for who may manage messages', async () => {
    const { discord } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    await alice.runs('/song', { prompt: 'hello' });
    const card = await songIn(discord, channel);
    const refused = await guild.member('bob').in(channel).clicks('Delete');
    await discord.until('the refusal', () => refused.text().includes('Only the person who asked'));
    expect(card.deleted).toBe(false);
    await alice.clicks('Delete');
    await discord.until('the card is gone', () => card.deleted);
  });

  it('a running song can be cancelled from its card, and says what that means', async () => {
    const { discord, songApi } = await quickRig();
    songApi.always({ neverFinish: true });
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    await alice.runs('/song', { prompt: 'endless' });
    await discord.until('the task', () => songApi.tasks.size === 1);
    await cardSaying(discord, channel, /\d %/);
    await alice.clicks('Cancel');
    const card = await cardSaying(discord, channel, "can't stop a song it has begun");
    expect(card.text()).toContain('nothing was charged');
  });

  it('/jobs lists what is under way and cancels a waiting song for free', async () => {
    const { discord, songApi } = await quickRig({ environment: { MAX_JOBS_PER_USER: '1' } });
    songApi.always({ neverFinish: true });
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    await alice.runs('/song', { prompt: 'first one' });
    await cardSaying(discord, channel, /\d %/);
    await alice.runs('/song', { prompt: 'second one' });
    const waiting = await cardSaying(discord, channel, 'number 1 in the queue');
    const list = await alice.runs('/jobs');
    await discord.until('the list', () => list.text().includes('2 songs under way'));
    await alice.clicks('Cancel: second one', list.response());
    await discord.until('the card says so', () => waiting.text().includes('Cancelled before it began'));
    await discord.until('the list says so', () => list.text().includes('1 song under way'));
    expect(songApi.tasks.size).toBe(1);
  });

  it('a forged or foreign button is refused kindly', async () => {
    const { discord } = await quickRig();
    const here = discord.guild('Garden');
    const channel = here.channel('songs');
    await here.member('alice').in(channel).runs('/song', { prompt: 'hello' });
    const card = await songIn(discord, channel);
    const elsewhere = discord.guild('Elsewhere');
    const square = elsewhere.channel('square');
    const mallory = elsewhere.member('mallory').in(square);
    const own = await mallory.runs('/help');
    await discord.until('an own message', () => own.response()?.text().includes('/song'));
    const again = card.buttons.find(({ label }) => label === 'Another take')?.customId ?? '';
    for (const [customId, sentence] of [
      [again, 'belongs to another server'],
      ['1.again.aaaaaaaaaaaa', "don't know that song"],
      ['9.again.aaaaaaaaaaaa', 'older version'],
      ['<script>', 'older version'],
    ] as const) {
      const response = own.response();
      if (response === undefined) throw new Error('no message to press on');
      const pressed = await mallory.clicksId(customId, response);
      await discord.until(sentence, () => pressed.text().includes(sentence));
    }
  });

  it('/help says what there is', async () => {
    const { discord } = await quickRig();
    const guild = discord.guild('Garden');
    guild.channel('songs');
    const invocation = await guild.member('alice').runs('/help');
    await discord.until('the help', () => invocation.text().includes('/jobs'));
  });
});
