import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Rig } from '../../playground/rig.ts';
import { cardSaying, songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';
import { storedSession, storeInstead, storeSession } from '../support/stored-session.ts';

async function garden(rig: Rig) {
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  return { guild, channel, alice: guild.member('alice').in(channel) };
}

/** A song from command to card: whatever happened before, the bot works. */
async function works(rig: Rig): Promise<void> {
  const { channel, alice } = await garden(rig);
  await alice.runs('/song', { prompt: 'and yet it sings' });
  await songIn(rig.discord, channel);
}

const linesOf = (rig: Rig): Record<string, unknown>[] =>
  rig.log.map((line) => JSON.parse(line) as Record<string, unknown>);

const failures = (rig: Rig): unknown[] =>
  linesOf(rig)
    .filter(({ level }) => ['warn', 'error', 'fatal'].includes(String(level)))
    .map(({ msg }) => msg);

describe('a restart', () => {
  it('takes up the session: none is begun, and what members did meanwhile is answered', async () => {
    const rig = await quickRig();
    const { discord } = rig;
    const codes: unknown[] = [];
    discord.events.on('gateway', ({ what, code }) => void (what === 'closed' && codes.push(code)));
    const { channel, alice, guild } = await garden(rig);
    await alice.runs('/song', { prompt: 'before' });
    await songIn(discord, channel);

    await rig.app.stop();
    expect(discord.gateway.connections()).toBe(0);
    expect(codes).toEqual([4_200]);
    const invocations = [
      alice.fires('/song', { prompt: 'while you were out' }),
      guild.member('bob').in(channel).fires('/song', { prompt: 'me too' }),
    ];
    await rig.restart();
    for (const { acknowledged } of invocations) expect((await acknowledged).afterMs).toBeLessThan(3_000);
    await discord.until('all songs', () => channel.cards().filter((card) => !card.isLoading).length === 3);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
    expect(failures(rig)).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('can be repeated, and leaves members all that they could do before', async () => {
    const rig = await quickRig();
    const { discord, songApi } = rig;
    const { channel, alice, guild } = await garden(rig);
    for (let times = 0; times < 3; times += 1) await rig.restart();

    songApi.always({ neverFinish: true });
    await alice.runs('/song', { prompt: 'endless' });
    await cardSaying(discord, channel, /\d %/);
    await rig.restart();
    await alice.clicks('Cancel');
    const card = await cardSaying(discord, channel, 'nothing was charged');
    const refused = await guild.member('bob').in(channel).clicks('Delete', card);
    await discord.until('a refusal', () => refused.text().includes('Only the person who asked'));
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 4 });
    await storedSession(rig);
    expect(failures(rig)).toEqual([]);
  });

  it('lets what was too late go quietly: no answer, no job, no song, no error', async () => {
    const rig = await quickRig();
    const { discord, songApi } = rig;
    const { channel, alice } = await garden(rig);
    await rig.app.stop();
    const late = [alice.fires('/song', { prompt: 'too late' }), alice.fires('/help')];
    discord.advance(3_001);
    await rig.restart();
    const quiet = () =>
      linesOf(rig).filter(({ msg }) => msg === 'an interaction could no longer be answered');
    await discord.until('both are given up', () => quiet().length === late.length);
    expect(quiet()).toMatchObject(late.map(() => ({ level: 'debug', err: { code: 10_062 } })));
    expect(failures(rig)).toEqual([]);
    const list = await alice.runs('/jobs');
    await list.settled();
    expect(list.text()).not.toContain('too late');
    expect(songApi.journal.submits()).toEqual([]);
    expect(channel.cards()).toEqual([]);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  it('hears what it has answered already without answering twice', async () => {
    const rig = await quickRig();
    const { discord, songApi } = rig;
    const { channel, alice } = await garden(rig);
    await alice.runs('/song', { prompt: 'once' });
    await songIn(discord, channel);
    await rig.app.stop();
    const stored = await storedSession(rig);
    // As after a crash: the last second was not written down.
    await storeSession(rig, { ...stored, session: { ...stored.session, sequence: 1 } });
    await rig.restart();
    await discord.until('it was heard again', () =>
      linesOf(rig).some(({ msg }) => msg === 'an interaction was heard again: its job is made'),
    );
    expect(discord.journal.count(({ path }) => path.endsWith('/callback'))).toBe(2);
    expect(channel.cards()).toHaveLength(1);
    expect(songApi.journal.submits()).toHaveLength(1);
    expect(failures(rig)).toEqual([]);
  });

  it('lets what is under way end: a member who was deferred gets the song', async () => {
    const rig = await quickRig();
    const { discord, songApi } = rig;
    const { channel, alice } = await garden(rig);
    let arrived = false;
    const deferral = ({ path }: { path: string }): boolean => (arrived ||= path.endsWith('/callback'));
    discord.faults.add(deferral, { kind: 'delay', ms: 500 });
    alice.fires('/song', { prompt: 'just in time' });
    await discord.until('the deferral', () => arrived);
    await rig.app.stop();
    await rig.restart();
    await songIn(discord, channel);
    expect(songApi.journal.submits()).toHaveLength(1);
    expect(failures(rig)).toEqual([]);
  });
});

describe('a stored session', () => {
  it('that Discord has forgotten is let go: the bot identifies, and works', async () => {
    const rig = await quickRig();
    await rig.app.stop();
    rig.discord.gateway.invalidate(false);
    await rig.restart();
    expect(rig.discord.gateway).toMatchObject({ identifies: 2, resumes: 0 });
    await works(rig);
    await rig.restart();
    expect(rig.discord.gateway).toMatchObject({ identifies: 2, resumes: 1 });
  });

  it.each([
    ['is no JSON', '{"value":{'],
    ['is of another shape', '{"value":{"owner":7}}'],
    ['has an address that is none', 'gateway'],
  ])('that %s is ignored, with a line', async (_what, value) => {
    const rig = await quickRig();
    await rig.app.stop();
    const stored = await storedSession(rig);
    if (value !== 'gateway') await storeInstead(rig, value);
    else await storeSession(rig, { ...stored, session: { ...stored.session, resumeURL: value } });
    await rig.restart();
    expect(rig.discord.gateway).toMatchObject({ identifies: 2, resumes: 0 });
    expect(failures(rig)).toHaveLength(1);
    await works(rig);
  });

  it('of another token, or of another number of shards, is not used', async () => {
    const rig = await quickRig();
    const { discord, environment } = rig;
    const { DISCORD_TOKEN: token = '' } = environment;
    environment['DISCORD_TOKEN'] = discord.addBot({ name: 'Other' }).token;
    await rig.restart();
    expect(discord.gateway).toMatchObject({ identifies: 2, resumes: 0 });
    // Not even tried: the other bot's token has no business with this session.
    expect(linesOf(rig).filter(({ msg }) => String(msg).endsWith('not used'))).toHaveLength(1);
    environment['DISCORD_TOKEN'] = token;
    environment['SHARDS'] = '0-1/2';
    await rig.restart();
    expect(discord.gateway).toMatchObject({ identifies: 4, resumes: 0 });
    await rig.restart();
    expect(discord.gateway).toMatchObject({ identifies: 4, resumes: 2 });
    await works(rig);
  });

  it.each([
    ['refuses connections', false],
    ['answers something else', true],
  ])('whose gateway %s is let go', async (_what, answers) => {
    const rig = await quickRig();
    await rig.app.stop();
    const stored = await storedSession(rig);
    const resumeURL = await deadGateway(answers);
    await storeSession(rig, { ...stored, session: { ...stored.session, resumeURL } });
    await rig.restart();
    expect(rig.discord.gateway).toMatchObject({ identifies: 2, resumes: 0 });
    await works(rig);
  });
});

/** The address of a port where nobody listens, or where a web server does that knows no WebSockets. */
async function deadGateway(answers: boolean): Promise<string> {
  const server = createServer();
  server.on('upgrade', (_request, socket) => void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => void server.close();
  if (answers) onTestFinished(close);
  else close();
  return `ws://127.0.0.1:${port}`;
}
