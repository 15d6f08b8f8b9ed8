import { describe, expect, it } from 'vitest';
import { hasNoChromium, openStage } from './open-stage.ts';
import { newest, runs } from './people.ts';

describe.skipIf(hasNoChromium)('a song in the page', { timeout: 120_000 }, () => {
  const stage = openStage();

  it('is typed, watched and heard', async () => {
    const page = await stage.visit();
    await runs(page, '/song', { prompt: 'slow sad piano' });
    const play = page.getByRole('button', { name: /^Play / });
    await play.waitFor();
    expect(await newest(page).innerText()).toContain('slow sad piano');

    await play.click();
    const audio = page.locator('audio');
    await expect
      .poll(() => audio.evaluate((player: HTMLAudioElement) => player.currentTime))
      .toBeGreaterThan(0.5);
    expect(await audio.evaluate((player: HTMLAudioElement) => !player.paused && player.duration > 5)).toBe(
      true,
    );
    const loudness = await audio.evaluate(async (player: HTMLAudioElement) => {
      const bytes = await (await fetch(player.src)).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(bytes);
      const samples = sound.getChannelData(0);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    });
    expect(loudness).toBeGreaterThan(0.01);
  });

  it('can be begun before the bot is up', async () => {
    const { bot } = stage.playground.studio;
    const page = await stage.visit();
    await page.getByRole('button', { name: 'rehearsal' }).click();
    await bot.kill();
    await page.getByText('Minstrel is not running').waitFor();
    await page.getByRole('button', { name: /lullaby for a robot/ }).click();
    bot.start();
    await page.getByRole('form', { name: '/song' }).getByRole('button', { name: 'Send' }).waitFor();
    await page.locator('.bot-state').waitFor({ state: 'hidden' });
  });

  it('shows its life behind the scenes', async () => {
    const page = await stage.visit();
    await runs(page, '/song', { prompt: 'a watched pot' });
    const machine = page.getByRole('img', { name: /submitted, then running/ });
    await machine.waitFor();
    await page.getByRole('img', { name: /succeeded, then delivered$/ }).waitFor();
    await page.getByRole('tab', { name: 'Till' }).click();
    await page.getByRole('cell', { name: 'settle' }).first().waitFor();
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.locator('summary', { hasText: 'Tick' }).first().click();
    await expect
      .poll(() => page.locator('details[open]').getByLabel('Answer').innerText())
      .toContain('"task_id"');
  });

  it('has buttons that answer, some to one person only', async () => {
    const page = await stage.visit();
    await runs(page, '/song', { prompt: 'words to read' });
    const card = page.locator('.message', { hasText: 'words to read' });
    await card.getByRole('button', { name: 'Lyrics' }).click();
    const note = page.locator('.message.ephemeral').last();
    await note.getByText('Only you can see this').waitFor();
    await page.locator('.person', { hasText: 'Bob' }).click();
    await note.waitFor({ state: 'hidden' });
    await page.locator('.person', { hasText: 'Alice' }).click();
    await note.getByRole('button', { name: 'Dismiss message' }).click();
    await note.waitFor({ state: 'hidden' });

    await card.getByRole('button', { name: /Another take/ }).click();
    await expect.poll(() => page.locator('.message', { hasText: 'words to read' }).count()).toBe(2);
  });
});
