import { describe, expect, it } from 'vitest';
import { gatewayProxy } from '../support/gateway-proxy.ts';
import { quickRig } from '../support/quick-rig.ts';

const heartbeatIntervalMs = 300;

describe('a gateway that is connected and silent', () => {
  it('(heartbeats go unanswered) is left for a new connection, and what was asked meanwhile is answered', async () => {
    const { discord } = await quickRig({ discord: { heartbeatIntervalMs } });
    const { gateway } = discord;
    gateway.silence(true);
    await discord.until('a new connection', () => gateway.resumes > 0);
    gateway.silence(false);
    const invocation = await discord.guild('Garden').member('alice').runs('/help');
    await invocation.settled();
    expect(gateway.identifies).toBe(1);
  });

  // Its end of the goodbye never comes: the library waits half a minute for it.
  it('(the network is gone) is left for a new connection', { timeout: 90_000 }, async () => {
    const rig = await quickRig({ discord: { heartbeatIntervalMs } });
    const { discord } = rig;
    const { gateway } = discord;
    const proxy = await gatewayProxy(discord.port);
    await rig.app.stop();
    gateway.invalidate(false);
    gateway.url = proxy.url;
    await rig.restart();
    expect(proxy.open()).toBe(1);
    proxy.freeze();
    proxy.thaw();
    await discord.until('a new connection', () => gateway.resumes > 0, 60_000);
    const invocation = await discord.guild('Garden').member('alice').runs('/help');
    await invocation.settled();
  });
});
