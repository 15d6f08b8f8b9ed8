import { describe, expect, it } from 'vitest';
import type { FaultAct } from '../../playground/faults.ts';
import type { Rig } from '../../playground/rig.ts';
import { songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

const callback = 'POST /interactions/*/*/callback';

function garden({ discord }: Rig) {
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  return { channel, alice: guild.member('alice').in(channel) };
}

const troubles = ({ log }: Rig): unknown[] =>
  log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ level }) => ['warn', 'error', 'fatal'].includes(String(level)))
    .map(({ msg }) => msg);

describe('a first answer', () => {
  const acts: [string, FaultAct][] = [
    ['that never arrives', { kind: 'drop' }],
    ['whose own answer is lost', { kind: 'drop-after' }],
    ['that Discord fails at', { kind: 'answer', status: 503, body: 'upstream connect error' }],
    ['that hangs', { kind: 'hang' }],
  ];
  it.each(acts)('%s is given again in time: one song, in one message', async (_what, act) => {
    const rig = await quickRig();
    const { channel, alice } = garden(rig);
    rig.discord.faults.add(callback, act);
    const { acknowledged } = alice.fires('/song', { prompt: 'and yet' });
    expect((await acknowledged).afterMs).toBeLessThan(3_000);
    await songIn(rig.discord, channel);
    expect(channel.cards()).toHaveLength(1);
    expect(rig.songApi.journal.submits()).toHaveLength(1);
    expect(troubles(rig)).toEqual([]);
    expect(rig.discord.violations).toEqual([]);
  });

  it('is given up with its time, and nothing is made', async () => {
    const rig = await quickRig();
    const { alice } = garden(rig);
    const { discord } = rig;
    const away = discord.faults.add(callback, { kind: 'answer', status: 500, body: 'oops' }, Infinity);
    const { acknowledged } = alice.fires('/song', { prompt: 'unheard' });
    await expect(acknowledged).rejects.toThrow('did not');
    away();
    await alice.runs('/help');
    expect(rig.songApi.journal.submits()).toHaveLength(0);
  });

  it('by a form is given again, too', async () => {
    const rig = await quickRig();
    const { channel, alice } = garden(rig);
    await alice.runs('/song', { prompt: 'first' });
    await songIn(rig.discord, channel);
    rig.discord.faults.add(callback, { kind: 'drop-after' });
    const pressed = await alice.clicks('Edit and retry');
    await rig.discord.until('a form', () => pressed.interaction.modal);
    expect(troubles(rig)).toEqual([]);
  });
});

describe('what follows it', () => {
  it('is sent again where that changes nothing', async () => {
    const rig = await quickRig();
    const { alice } = garden(rig);
    rig.discord.faults.add(
      ({ method }) => method === 'PATCH',
      { kind: 'answer', status: 502, body: 'oops' },
      2,
    );
    const asked = await alice.runs('/quota');
    await rig.discord.until('the answer', () => asked.response()?.isLoading === false);
    expect(troubles(rig)).toEqual([]);
  });

  it('is sent once where it would show twice', async () => {
    const rig = await quickRig({ environment: { USER_CREDITS: '0' } });
    const { alice, channel } = garden(rig);
    const posted = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'POST' && /^\/webhooks\/\d+\/[^/]+$/.test(path);
    rig.discord.faults.add(posted, { kind: 'drop-after' });
    await alice.runs('/song', { prompt: 'too dear' });
    await rig.discord.until('a refusal', () => rig.discord.journal.count(posted) > 0);
    await alice.runs('/help');
    expect(rig.discord.journal.count(posted)).toBe(1);
    expect(channel.cards()).toHaveLength(0);
  });
});
