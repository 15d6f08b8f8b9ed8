import { createCommands, createMessageCommands, type CommandNeeds } from '../../src/commands/index.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';

/** What Discord is told about our commands. Nothing can be run: there is no house behind them. */
export function definedCommands({ operatorGuildIds = [] as string[] } = {}) {
  const needs = { catalogue: builtInCatalogue, operatorGuildIds } as unknown as CommandNeeds;
  return {
    slash: createCommands(needs).map(({ definition }) => definition),
    menu: createMessageCommands(needs).map(({ definition }) => definition),
  };
}
