/** The one dispatcher: finds who is meant, lets it check, answers Discord in time, lets it run, reports errors. */
import {
  AttachmentBuilder,
  MessageFlags,
  type BaseMessageOptions,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js';
import type { Button } from '../buttons/button.ts';
import type { Command } from '../commands/command.ts';
import { decodeCustomId, type ButtonName } from '../domain/custom-id.ts';
import { Refusal } from '../domain/errors.ts';
import type { Logger } from '../services/logger.ts';
import type { View, Visit } from '../services/visit.ts';
import { answerError } from './answer-error.ts';
import { readOptions } from './read-options.ts';
import { visitOf } from './visit-of.ts';

export interface DispatchNeeds {
  commands: readonly Command[];
  buttons: Record<ButtonName, Button>;
  log: Logger;
}

export function interactionCreate(needs: DispatchNeeds): (interaction: Interaction) => Promise<void> {
  const commands = new Map(needs.commands.map((command) => [command.definition.name, command]));

  return async (interaction) => {
    if (interaction.isChatInputCommand())
      await answer(interaction, (visit) => runCommand(interaction, visit));
    else if (interaction.isButton()) await answer(interaction, (visit) => pressButton(interaction, visit));
    else needs.log.debug({ type: interaction.type }, 'an interaction of a kind that nothing answers');
  };

  async function answer(
    interaction: ChatInputCommandInteraction | ButtonInteraction,
    serve: (visit: Visit) => Promise<void>,
  ): Promise<void> {
    const visit = visitOf(interaction, needs.log);
    try {
      await serve(visit);
    } catch (error) {
      await answerError(interaction, visit, error);
    }
  }

  async function runCommand(interaction: ChatInputCommandInteraction, visit: Visit): Promise<void> {
    const command = commands.get(interaction.commandName);
    if (command === undefined) throw new Refusal({ is: 'unknown-command' });
    const options = readOptions(command.definition, interaction.options.data);
    command.check?.(visit, options);
    await defer(interaction, command.answer(options));
    const view = await command.run(visit, options);
    if (view !== undefined) await interaction.editReply(messageOf(view));
  }

  async function pressButton(interaction: ButtonInteraction, visit: Visit): Promise<void> {
    const id = decodeCustomId(interaction.customId);
    if (id.is !== 'ours') throw new Refusal({ is: 'old-button' });
    const button = needs.buttons[id.name];
    const place = button.answer(visit);
    if (place === 'update') await interaction.deferUpdate();
    else await defer(interaction, place);
    const view = await button.run(visit, id.jobId);
    if (view === 'delete') await interaction.deleteReply();
    else if (view !== undefined) await interaction.editReply(messageOf(view));
  }
}

async function defer(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  place: 'public' | 'private',
): Promise<void> {
  await interaction.deferReply(place === 'private' ? { flags: MessageFlags.Ephemeral } : {});
}

function messageOf(view: View): BaseMessageOptions {
  const { files = [], ...message } = view;
  return {
    // A view is Discord's own JSON, which discord.js takes as it is.
    ...(message as BaseMessageOptions),
    allowedMentions: { parse: [] },
    files: files.map(({ name, text }) => new AttachmentBuilder(Buffer.from(text, 'utf8'), { name })),
  };
}
