import { expect, it } from 'vitest';
import { quickRig } from '../support/quick-rig.ts';

it('commands are written once; a restart writes nothing', async () => {
  const { discord, restart } = await quickRig();
  const writes = () =>
    discord.journal.count(({ method, path }) => method !== 'GET' && path.includes('/commands'));
  expect(writes()).toBe(1);
  await restart();
  expect(writes()).toBe(1);
});

it('only what changed is written, what is no longer ours goes', async () => {
  const { discord, account, restart } = await quickRig();
  const url = `${discord.apiUrl}/v10/applications/${account.applicationId}/commands`;
  const headers = {
    authorization: `Bot ${account.token}`,
    'content-type': 'application/json',
    'user-agent': 'DiscordBot (https://example.org, 1.0)',
  };
  const post = (body: object) => fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  await post({ name: 'help', description: 'an old description' });
  await post({ name: 'retired', description: 'no longer ours' });
  const before = discord.journal.all().length;
  await restart();
  const writes = discord.journal
    .all()
    .slice(before)
    .filter(({ method, path }) => method !== 'GET' && path.includes('/commands'))
    .map(({ method, body }) => [method, (body as { name?: string } | undefined)?.name]);
  expect(writes).toEqual([
    ['POST', 'help'],
    ['DELETE', undefined],
  ]);
});
