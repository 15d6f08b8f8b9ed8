import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import { actionsPage, commandOf, menuOf } from '../docs/actions-page.ts';
import { definedCommands } from '../support/defined-commands.ts';

const page = readFileSync(new URL('../../docs/actions.md', import.meta.url), 'utf8');

describe('docs/actions.md', () => {
  it('is what the catalogue says; otherwise `npm run docs:actions` writes it anew', () => {
    expect(page).toBe(actionsPage(builtInCatalogue));
  });

  it('has a row for each of the 39 entries', () => {
    const rows = page.split('\n').filter((line) => /\| `[A-Z_]+` \|/.test(line));
    expect(rows).toHaveLength(39);
  });

  it.each(Object.entries(commandOf))('names a command that there is: %s', (_, { command, choice }) => {
    const definition = definedCommands().slash.find(({ name }) => name === command);
    expect(definition).toBeDefined();
    if (choice === undefined) return;
    const option = definition?.options?.find(({ name }) => name === choice[0]);
    const values =
      option !== undefined && 'choices' in option ? option.choices?.map(({ value }) => value) : [true];
    expect(option).toBeDefined();
    expect(values).toContain(choice[1]);
  });

  it("names entries of a message's menu that there are", () => {
    const names = definedCommands().menu.map(({ name }) => name);
    expect(Object.values(menuOf).toSorted()).toEqual(names.toSorted());
  });
});
