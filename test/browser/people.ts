import type { Locator, Page } from 'playwright-core';

/** Types a command and its options, as a person would, and sends it. */
export async function runs(page: Page, line: string, options: Record<string, string> = {}): Promise<void> {
  await page.getByRole('textbox', { name: /^Message / }).fill(line);
  await page
    .getByRole('option', { name: `${line} ` })
    .first()
    .click();
  const form = page.getByRole('form', { name: line });
  await form.waitFor();
  for (const [name, value] of Object.entries(options)) {
    const field = form.getByRole('combobox', { name, exact: true });
    if ((await field.count()) === 0) await form.getByRole('button', { name, exact: true }).click();
    await field.fill(value);
    const entry = page.getByRole('listbox', { name, exact: true }).getByRole('option').first();
    if (await entry.isVisible()) await field.press('Enter');
  }
  await form.getByRole('button', { name: 'Send' }).click();
}

/** The newest message. */
export function newest(page: Page): Locator {
  return page.locator('.message').last();
}

export async function becomes(page: Page, name: string): Promise<void> {
  await page.locator('.person', { hasText: name }).click();
}
