import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { openPlayground, type Playground } from '../../playground/web/open-playground.ts';
import type { StudioOptions } from '../../playground/web/studio.ts';
import { findChromium } from './find-chromium.ts';

export interface Stage {
  playground: Playground;
  /** A page of its own, as a newcomer opens it; whatever it complains of fails the test. */
  visit: (options?: BrowserContextOptions) => Promise<Page>;
}

const path = findChromium();

export const hasNoChromium = path === undefined;

/** For a description whose tests share one playground and one browser. */
export function openStage(options: StudioOptions = {}): Stage {
  let browser: Browser | undefined;
  let playground: Playground | undefined;
  beforeAll(async () => {
    playground = await openPlayground({ songApi: { songMs: [1_500, 2_500], pollerMs: 500 }, ...options });
    browser = await chromium.launch({
      ...(path === undefined ? {} : { executablePath: path }),
      // CI runs as root. Sound needs no press here, and no sound card.
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await playground?.stop();
  }, 60_000);
  return {
    get playground() {
      if (playground === undefined) throw new Error('the playground is not open yet');
      return playground;
    },
    async visit(context = {}) {
      if (browser === undefined) throw new Error('the browser is not open yet');
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...context });
      page.setDefaultTimeout(25_000);
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      onTestFinished(async () => {
        await page.close();
        expect(complaints).toEqual([]);
      });
      await page.goto(this.playground.url);
      await page.getByRole('log', { name: 'Messages' }).waitFor();
      await page.locator('.bot-state').waitFor({ state: 'hidden' });
      return page;
    },
  };
}
