import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { describeFindings, examine } from '../../src/doctor.ts';
import { hasFfmpeg } from '../support/ffmpeg.ts';
import { quickRig } from '../support/quick-rig.ts';
import { songIn } from '../support/cards.ts';

describe('the doctor', () => {
  it('finds a house in order, and says what the song API was found not to serve', async () => {
    const { discord, environment } = await quickRig();
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    const before = await examine(loadConfig(environment));
    expect(before.filter(({ ok }) => !ok)).toEqual([]);
    const actions = before.find(({ what }) => what === 'actions')?.detail;
    expect(actions).toBe('39 in the catalogue; off: suno/PERSONA; found not to be served: none so far');

    await alice.runs('/song', { prompt: 'rain', engine: 'producer' });
    const stems = await alice.clicks('Stems', await songIn(discord, channel));
    await discord.until('the refusal', () => stems.text().includes("doesn't offer that"));
    const after = describeFindings(await examine(loadConfig(environment)));
    expect(after).toMatch(/ok +actions .*not to be served: producer\/STEMS \(tried again from 20.* UTC\)/);
  });

  it('says what is missing where nothing answers, and that a named ffmpeg does not run', async () => {
    const { environment } = await quickRig();
    const nowhere = 'http://127.0.0.1:1';
    const findings = await examine(
      loadConfig({
        ...environment,
        DISCORD_API_URL: nowhere,
        CCAPI_BASE_URL: nowhere,
        FFMPEG_PATH: '/nowhere/ffmpeg',
      }),
    );
    expect(findings.filter(({ ok }) => !ok).map(({ what }) => what)).toEqual([
      "Discord's REST API and token",
      'song API and key',
      'ffmpeg',
    ]);
    expect(findings.at(-1)?.detail).toContain('/nowhere/ffmpeg (FFMPEG_PATH) does not run');
  });

  it.skipIf(!hasFfmpeg)('knows which ffmpeg there is', async () => {
    const { environment } = await quickRig();
    const findings = await examine(loadConfig(environment));
    expect(findings.find(({ what }) => what === 'ffmpeg')?.detail).toMatch(/^\S*\d\S*/);
  });
});
