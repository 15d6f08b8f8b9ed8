import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityFindings } from './axe.ts';
import { hasNoChromium, openStage } from './open-stage.ts';
import { becomes, runs } from './people.ts';

describe.skipIf(hasNoChromium)('everybody can use the page', { timeout: 120_000 }, () => {
  const stage = openStage();

  it.each(['dark', 'light'] as const)('axe-core finds nothing in the %s theme', async (colorScheme) => {
    const page = await stage.visit({ colorScheme, bypassCSP: true });
    await runs(page, '/song', { prompt: `a song in ${colorScheme}` });
    await page
      .getByRole('button', { name: /^Play / })
      .last()
      .waitFor();
    await runs(page, '/quota');
    await page.getByText('Only you can see this').last().waitFor();
    const findings: Record<string, string[]> = {};
    for (const tab of ['Songs', 'Requests', 'Till', 'Weather', 'Log']) {
      await page.getByRole('tab', { name: tab }).click();
      findings[tab] = await accessibilityFindings(page);
    }
    await page.getByRole('textbox', { name: /^Message / }).fill('/');
    findings['the command picker'] = await accessibilityFindings(page);
    await page.getByRole('textbox', { name: /^Message / }).fill('/song ');
    await page.getByRole('form', { name: '/song' }).waitFor();
    findings['a command'] = await accessibilityFindings(page);
    expect(Object.entries(findings).filter(([, found]) => found.length > 0)).toEqual([]);
  });

  it('a song with the keyboard alone', async () => {
    const page = await stage.visit();
    const focused = (): Promise<string> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      );
    await tabTo(page, /^Message #songs/);
    await page.keyboard.type('/so');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-option')))
      .toBe('prompt');
    await page.keyboard.type('no mouse here');
    // Another option, chosen with the arrows.
    await tabTo(page, /engine$/);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-option')))
      .toBe('engine');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-option="engine"]').inputValue()).toBe('Suno');
    await page.keyboard.press('Enter');
    const card = page.locator('.message', { hasText: 'no mouse here' });
    await card
      .getByRole('button', { name: /^Play / })
      .first()
      .waitFor();
    // What was sent leaves the writer where they were.
    await expect.poll(focused).toMatch(/^Message #songs/);

    await card
      .getByRole('button', { name: /^Play / })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await card
      .getByRole('button', { name: /^Pause / })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');

    await card.getByRole('button', { name: /What can be done/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Copy text' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Copy text' }).waitFor({ state: 'hidden' });
    await expect.poll(focused).toMatch(/What can be done/);
  });

  it('Escape leaves a command, and Backspace an option', async () => {
    const page = await stage.visit();
    await page.getByRole('textbox', { name: /^Message / }).fill('/song ');
    const form = page.getByRole('form', { name: '/song' });
    await form.getByRole('button', { name: 'style' }).click();
    await page.keyboard.press('Backspace');
    await form.locator('[data-option="style"]').waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
  });

  it('a phone has the channels in a drawer', async () => {
    const page = await stage.visit({
      viewport: { width: 390, height: 800 },
      hasTouch: true,
      bypassCSP: true,
      isMobile: true,
    });
    const channel = page.getByRole('button', { name: 'rehearsal' });
    expect(await channel.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Channels', exact: true }).click();
    await channel.click();
    await page.getByRole('heading', { name: 'rehearsal', level: 1 }).waitFor();
    await channel.waitFor({ state: 'hidden' });
    await runs(page, '/song', { prompt: 'a small screen' });
    await page.getByRole('button', { name: /^Play / }).waitFor();
    // Nothing to press or to play sticks out at the side, nor at the bottom of the drawer.
    const outside = async (places: string): Promise<string[]> =>
      page.locator(places).evaluateAll((elements) =>
        elements
          .map((element) => ({ element, at: element.getBoundingClientRect() }))
          .filter(({ at }) => at.right > innerWidth)
          .map(({ element }) => element.outerHTML.slice(0, 200)),
      );
    expect(await outside('.message button, .message .player, .composer button')).toEqual([]);
    await page.getByRole('button', { name: 'Channels', exact: true }).click();
    const people = page.locator('.people');
    await expect
      .poll(() => people.evaluate((box) => Math.ceil(box.getBoundingClientRect().bottom - innerHeight)))
      .toBeLessThanOrEqual(0);
    const last = page.locator('.person').last();
    expect(
      await last.evaluate((box) => box.getBoundingClientRect().bottom - innerHeight),
    ).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.getByRole('button', { name: 'Kill it' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('a member and an admin see what each may', async () => {
    const page = await stage.visit();
    const box = page.getByRole('textbox', { name: /^Message / });
    await box.fill('/quota-admin');
    await page.getByRole('option', { name: '/quota-admin show' }).waitFor();
    await box.fill('');
    await becomes(page, 'Bob');
    await box.fill('/quota');
    await page.getByRole('option', { name: /^\/quota / }).waitFor();
    expect(await page.getByRole('option', { name: '/quota-admin show' }).count()).toBe(0);
  });
});

/** By the keyboard; fails when it can't be reached so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (name.test(label)) return;
  }
  throw new Error(`${name} can't be reached with Tab`);
}
