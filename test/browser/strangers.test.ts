import { describe, expect, it } from 'vitest';
import { hasNoChromium, openStage } from './open-stage.ts';

describe.skipIf(hasNoChromium)('what others put into a channel', { timeout: 120_000 }, () => {
  const stage = openStage();
  const channel = () => stage.playground.studio.discord.guilds[0]!.channels[1]!;

  it('hostile words stay words', async () => {
    const page = await stage.visit();
    await page.getByRole('button', { name: 'rehearsal' }).click();
    const { people } = stage.playground.studio;
    const words = [
      '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>',
      '[press me](javascript:document.title="taken") <https://127.0.0.1/"onclick="x>',
      `${'*'.repeat(500)}${'|'.repeat(500)}${'> '.repeat(500)}`,
      '\u202egnp.exe 🎷 音楽の部屋 음악 музыка موسيقى',
    ];
    for (const text of words) people[0]!.in(channel()).says(text);
    await page.getByText('音楽の部屋').waitFor();
    expect(await page.title()).toBe("Minstrel's playground");
    expect(
      await page.locator('.message script, .message [onerror], .message a[href^="javascript"]').count(),
    ).toBe(0);
    expect(await page.locator('.message').first().innerText()).toContain('<img src=x');
  });

  it('selects of people, roles and channels, and a bot that never answers', async () => {
    const page = await stage.visit();
    await page.getByRole('button', { name: 'rehearsal' }).click();
    const { discord } = stage.playground.studio;
    const silent = discord.addBot({ name: 'Silent' });
    const select = (type: number, placeholder: string, more = {}): object => ({
      type: 1,
      components: [{ type, custom_id: placeholder, placeholder, ...more }],
    });
    const posted = await fetch(`${discord.apiUrl}/v10/channels/${channel().id}/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bot ${silent.token}`,
        'content-type': 'application/json',
        'user-agent': 'DiscordBot (https://bot.example, 1.0)',
      },
      body: JSON.stringify({
        content: 'Who, what, where?',
        components: [
          select(5, 'Somebody'),
          select(6, 'A role'),
          select(8, 'Some channels', { min_values: 1, max_values: 2 }),
        ],
      }),
    });
    expect(posted.status).toBe(200);
    const said: string[] = [];
    discord.events.on('interaction-created', ({ what }) => said.push(what));
    await page.getByRole('button', { name: 'Somebody' }).click();
    await page.getByRole('option', { name: '@Bob' }).click();
    await page.getByRole('alert').filter({ hasText: 'did not respond' }).waitFor();
    await page.getByRole('button', { name: 'A role' }).click();
    await expect
      .poll(() => page.getByRole('listbox', { name: 'A role' }).evaluate((list) => list.matches(':focus')))
      .toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Some channels' }).click();
    await page.getByRole('option', { name: '#songs' }).click();
    await page.getByRole('option', { name: '#rehearsal' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => said.length).toBe(3);
    expect(said[0]).toContain('Bob');
    expect(said[2]).toContain('songs');
  });

  it('direct messages are a channel of their own', async () => {
    const page = await stage.visit();
    await page.getByRole('button', { name: 'Direct messages' }).click();
    await page.getByRole('heading', { name: 'Minstrel', level: 1 }).waitFor();
    await page.getByRole('textbox', { name: 'Message Minstrel' }).fill('/quota ');
    await page.getByRole('form', { name: '/quota' }).getByRole('button', { name: 'Send' }).click();
    await page.locator('.message', { hasText: 'credit' }).first().waitFor();
  });
});
