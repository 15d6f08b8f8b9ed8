import { expect, it } from 'vitest';
import { cardSaying, songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

it('no token, key or prompt is in the log at any level but trace, whatever goes wrong', async () => {
  const { discord, songApi, account, log, restart } = await quickRig({ environment: { LOG_LEVEL: 'debug' } });
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  const alice = guild.member('alice').in(channel);
  const prompt = 'a-very-private-wish';
  const values = {
    prompt,
    lyrics: 'words-nobody-should-read',
    title: 'an-intimate-title',
    style: 'hushed-style',
  };

  await alice.runs('/song', values);
  await songIn(discord, channel);
  // Refusals, faults of the song API that repeat the prompt, faults of Discord, a restart.
  await alice.runs('/song', { ...values, prompt: prompt.repeat(200) }, { force: true });
  songApi.next({ fail: `moderation: ${prompt}` });
  await alice.runs('/song', values);
  await cardSaying(discord, channel, 'moderation');
  const echo = { code: 'invalid_request', message: `bad: ${prompt}`, data: null };
  songApi.faults.add('POST /producer/submit/MUSIC', { kind: 'answer', status: 400, body: echo });
  await alice.runs('/song', values);
  await cardSaying(discord, channel, 'refused this request');
  const refusal = { message: 'Invalid Form Body', code: 50_035, errors: {} };
  discord.faults.add(({ method }) => method === 'PATCH', { kind: 'answer', status: 400, body: refusal }, 2);
  await alice.runs('/song', values);
  await discord.until('a failed edit is logged', () => log.some((line) => line.includes('DiscordAPIError')));
  discord.faults.add(({ path }) => path.includes('callback'), { kind: 'drop' }, 5);
  await alice.fires('/song', values).acknowledged.catch(() => undefined);
  await restart();

  const text = log.join('');
  expect(text).toContain('DiscordAPIError');
  expect(text).toContain('not accepted');
  for (const secret of [account.token, songApi.key, prompt, 'words-nobody', 'intimate-title', 'hushed-style'])
    expect(text).not.toContain(secret);
  for (const entry of discord.journal.all()) {
    const token = /\/(?:interactions|webhooks)\/\d+\/([\w.-]+)/.exec(entry.path)?.[1];
    if (token !== undefined) expect(text).not.toContain(token);
  }
});
