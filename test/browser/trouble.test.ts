import { describe, expect, it } from 'vitest';
import { hasNoChromium, openStage } from './open-stage.ts';
import { becomes, newest, runs } from './people.ts';

describe.skipIf(hasNoChromium)('trouble at the flick of a switch', { timeout: 120_000 }, () => {
  const stage = openStage({ songApi: { songMs: [4_000, 5_000], pollerMs: 500 } });

  it('a bot that is killed in the middle of a song delivers it after its next start, once', async () => {
    const page = await stage.visit();
    const { songApi } = stage.playground.studio;
    await runs(page, '/song', { prompt: 'struck by lightning' });
    await page.getByRole('img', { name: /submitted, then running/ }).waitFor();
    await page.getByRole('button', { name: 'Kill it' }).click();
    await page.getByText('Minstrel is not running').waitFor();
    expect(await page.getByRole('button', { name: /^Play / }).count()).toBe(0);
    songApi.finishAll();
    await page.getByRole('button', { name: 'Start it' }).click();
    await page.getByRole('button', { name: /^Play / }).waitFor();
    expect(await page.getByRole('button', { name: /^Play / }).count()).toBe(1);
    expect(songApi.journal.submits()).toHaveLength(1);
    expect(await page.locator('.bot-switch').innerText()).toContain('start 2');
  });

  it('a song API that is down makes songs wait, not fail', async () => {
    const page = await stage.visit();
    await page.getByRole('tab', { name: 'Weather' }).click();
    await page.getByRole('radio', { name: /^Down/ }).check();
    await runs(page, '/song', { prompt: 'patience' });
    await page
      .locator('.message', { hasText: 'patience' })
      .getByText(/goes on by itself/)
      .waitFor();
    await page.getByRole('radio', { name: /^Fine/ }).check();
    await page
      .locator('.message', { hasText: 'patience' })
      .getByRole('button', { name: /^Play / })
      .waitFor();
  });

  it('a song that fails says so and costs nothing', async () => {
    const page = await stage.visit();
    await page.getByRole('tab', { name: 'Weather' }).click();
    await page.getByRole('checkbox', { name: /^Songs fail/ }).check();
    await runs(page, '/song', { prompt: 'out of breath' });
    await page.getByText('ran out of breath').waitFor();
    await page.getByRole('checkbox', { name: /^Songs fail/ }).uncheck();
    await page.getByRole('tab', { name: 'Till' }).click();
    await page.getByRole('cell', { name: 'release' }).first().waitFor();
  });

  it('a token that dies while a song is made costs nobody the song', async () => {
    const page = await stage.visit();
    await runs(page, '/song', { prompt: 'a dead token' });
    await page.getByRole('img', { name: /submitted, then running/ }).waitFor();
    await page.getByRole('tab', { name: 'Weather' }).click();
    await page.getByRole('button', { name: 'Tokens expire now' }).click();
    await page
      .locator('.message', { hasText: 'a dead token' })
      .getByRole('button', { name: /^Play / })
      .waitFor();
    expect(stage.playground.studio.discord.violations).toEqual([]);
  });

  it('an admin takes the credits away, and a member hears of it', async () => {
    const page = await stage.visit();
    await runs(page, '/quota-admin role', { role: '@everyone', credits: '0', period: 'day' });
    await expect.poll(() => newest(page).innerText()).toMatch(/Only you can see this/);
    await becomes(page, 'Bob');
    await runs(page, '/song', { prompt: 'one too many' });
    await page.getByText(/You have 0 credits left/).waitFor();
    await becomes(page, 'Alice');
    await runs(page, '/quota-admin user', { user: '@Bob', credits: '1', period: 'day' });
    await expect.poll(() => newest(page).innerText()).toMatch(/@Bob|Bob/);
    await becomes(page, 'Bob');
    await runs(page, '/song', { prompt: 'just the one' });
    await page
      .locator('.message', { hasText: 'just the one' })
      .getByRole('button', { name: /^Play / })
      .waitFor();
  });
});
