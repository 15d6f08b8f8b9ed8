/** The one dispatcher: finds who is meant, gets a plan, answers Discord in time, carries it out, reports errors. */
import {
  AttachmentBuilder,
  MessageFlags,
  type AutocompleteInteraction,
  type BaseMessageOptions,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js';
import type { Button } from '../buttons/button.ts';
import type { Command } from '../commands/command.ts';
import { decodeCustomId, type ButtonName } from '../domain/custom-id.ts';
import { Refusal } from '../domain/errors.ts';
import type { Clock } from '../services/clock.ts';
import type { Logger } from '../services/logger.ts';
import type { Plan, View, Visit } from '../services/visit.ts';
import { answerError } from './answer-error.ts';
import { readOptions } from './read-options.ts';
import { visitOf } from './visit-of.ts';

export interface DispatchNeeds {
  commands: readonly Command[];
  buttons: Record<ButtonName, Button>;
  log: Logger;
  clock: Clock;
}

type Answerable = ChatInputCommandInteraction | ButtonInteraction;

/** Discord shows 25 suggestions at most, each of 100 characters. */
const suggestions = { count: 25, length: 100 };

export function interactionCreate(needs: DispatchNeeds): (interaction: Interaction) => Promise<void> {
  const commands = new Map(needs.commands.map((command) => [command.definition.name, command]));

  return async (interaction) => {
    if (interaction.isChatInputCommand())
      await answer(interaction, (visit) => planCommand(interaction, visit));
    else if (interaction.isButton()) await answer(interaction, (visit) => planButton(interaction, visit));
    else if (interaction.isAutocomplete()) await suggest(interaction);
    else needs.log.debug({ type: interaction.type }, 'an interaction of a kind that nothing answers');
  };

  async function answer(
    interaction: Answerable,
    plan: (visit: Visit) => Plan | Promise<Plan>,
  ): Promise<void> {
    const visit = visitOf(interaction, needs);
    try {
      const { answer: place, run } = await plan(visit);
      await defer(interaction, place);
      const view = await run();
      if (view === 'delete') await interaction.deleteReply();
      else if (view !== undefined) await interaction.editReply(messageOf(view));
    } catch (error) {
      await answerError(interaction, visit, error);
    }
  }

  function planCommand(interaction: ChatInputCommandInteraction, visit: Visit): Plan | Promise<Plan> {
    const command = commands.get(interaction.commandName);
    if (command === undefined) throw new Refusal({ is: 'unknown-command' });
    const { subcommand, values } = readOptions(command.definition, interaction.options.data);
    return command.plan(visit, values, subcommand);
  }

  function planButton(interaction: ButtonInteraction, visit: Visit): Plan | Promise<Plan> {
    const decoded = decodeCustomId(interaction.customId);
    if (decoded.is !== 'ours') throw new Refusal({ is: 'old-button' });
    return needs.buttons[decoded.name](visit, decoded.id);
  }

  /** Suggestions are a courtesy: when they fail there are none. */
  async function suggest(interaction: AutocompleteInteraction): Promise<void> {
    const visit = visitOf(interaction, needs);
    try {
      const { name, value } = interaction.options.getFocused(true);
      const found = (await commands.get(interaction.commandName)?.complete?.(visit, name, value)) ?? [];
      const fitting = found
        .filter((choice) => choice.length <= suggestions.length)
        .slice(0, suggestions.count);
      await interaction.respond(fitting.map((choice) => ({ name: choice, value: choice })));
    } catch (error) {
      visit.log.warn({ err: error }, 'no suggestions could be given');
    }
  }
}

async function defer(interaction: Answerable, place: Plan['answer']): Promise<void> {
  if (place === 'update' && interaction.isButton()) await interaction.deferUpdate();
  else await interaction.deferReply(place === 'private' ? { flags: MessageFlags.Ephemeral } : {});
}

function messageOf(view: View): BaseMessageOptions {
  const { files = [], ...message } = view;
  return {
    // A view is Discord's own JSON, which discord.js takes as it is.
    ...(message as BaseMessageOptions),
    allowedMentions: { parse: [] },
    files: files.map(({ name, bytes }) => new AttachmentBuilder(bytes, { name })),
  };
}
