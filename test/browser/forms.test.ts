import { describe, expect, it } from 'vitest';
import { hasNoChromium, openStage } from './open-stage.ts';
import { newest, runs } from './people.ts';

describe.skipIf(hasNoChromium)('what a person fills in, picks and drops', { timeout: 120_000 }, () => {
  const stage = openStage();

  it('a form: written, sent, sung', async () => {
    const page = await stage.visit();
    await runs(page, '/lyrics');
    const form = page.getByRole('dialog');
    await form.getByLabel(/^Lyrics/).fill('La la la\nthe page sings');
    await form.getByLabel(/^How it should sound/).fill('choir');
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'hidden' });
    await page
      .getByRole('button', { name: /^Play / })
      .last()
      .waitFor();
    expect(JSON.stringify(stage.playground.studio.songApi.journal.submits().at(-1)?.body)).toContain(
      'the page sings',
    );
  });

  it('a form can be left with Escape', async () => {
    const page = await stage.visit();
    await runs(page, '/lyrics');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('autocomplete offers what was made', async () => {
    const page = await stage.visit();
    await runs(page, '/song', { prompt: 'an amber evening', title: 'Amber Evening' });
    const card = page.locator('.message', { hasText: 'Amber Evening' });
    await card
      .getByRole('button', { name: /^Play / })
      .first()
      .waitFor();

    await page.getByRole('textbox', { name: /^Message / }).fill('/cover ');
    const form = page.getByRole('form', { name: '/cover' });
    const song = form.getByRole('combobox', { name: 'song', exact: true });
    if ((await song.count()) === 0) await form.getByRole('button', { name: 'song', exact: true }).click();
    await song.fill('amber');
    await page
      .getByRole('listbox', { name: 'song' })
      .getByRole('option', { name: /Amber Evening/ })
      .first()
      .waitFor();
    await song.press('Enter');
    expect(await song.inputValue()).toContain('Amber Evening');
    await page.keyboard.press('Escape');
  });

  it('a file that is dropped fills the option of a command', async () => {
    const page = await stage.visit();
    const { studio } = stage.playground;
    const audio = [...studio.discord.guilds[0]!.channels[0]!.messages()]
      .flatMap(({ attachments }) => attachments)
      .find(({ content_type: type }) => type?.startsWith('audio/') === true);
    const bytes = audio?.bytes().toString('base64') ?? '';
    await page.getByRole('textbox', { name: /^Message / }).fill('/upload ');
    await page.getByRole('form', { name: '/upload' }).waitFor();
    await page.evaluate((base64) => {
      const files = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      files.items.add(new File([content], 'dropped.m4a', { type: 'audio/mp4' }));
      document
        .querySelector('main')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
    }, bytes);
    await page.getByText('dropped.m4a').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => newest(page).innerText()).toMatch(/upload|dropped/i);
    expect(studio.discord.violations).toEqual([]);
  });

  it('a right click on a message offers what the bot does with audio', async () => {
    const page = await stage.visit();
    const card = page.locator('.message', { has: page.locator('.player') }).first();
    await card.locator('header').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Save to my songs' }).click();
    await page.locator('.cause', { hasText: 'Save to my songs' }).first().waitFor();
  });
});
