import { describe, expect, it } from 'vitest';
import { ApplicationCommandOptionType as Type } from 'discord.js';
import { discordLimits } from '../../../../src/domain/limits.ts';
import { en } from '../../../../src/services/text/en.ts';
import { definedCommands } from '../../../support/defined-commands.ts';

const { lines } = en.help;
const text = lines.join('\n');
const { slash, menu } = definedCommands();

describe('/help', () => {
  it('names every command that there is, and no other', () => {
    const named = [...text.matchAll(/\*\*\/([a-z-]+)\*\*/g)].map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(slash.map(({ name }) => name).toSorted());
  });

  it("names every entry of a message's menu", () => {
    for (const { name } of menu) expect(text).toContain(`*${name}*`);
  });

  it.each(['songs', 'privacy'])('names everything that /%s can do', (command) => {
    const { options = [] } = slash.find(({ name }) => name === command) ?? {};
    const line = lines.find((one) => one.startsWith(`**/${command}**`)) ?? '';
    const listed = line.split(': ').at(-1)?.replace('.', '').split(', ') ?? [];
    const parts = options.filter(({ type }) => type === Type.Subcommand).map(({ name }) => name);
    expect(listed.toSorted()).toEqual(parts.toSorted());
  });

  it('fits into an embed', () => {
    expect(text.length).toBeLessThanOrEqual(discordLimits.embedDescription);
  });
});
