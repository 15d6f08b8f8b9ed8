/** The one dispatcher: finds who is meant, gets a plan, answers Discord in time, carries it out, reports errors. */
import {
  AttachmentBuilder,
  MessageFlags,
  MessagePayload,
  type AutocompleteInteraction,
  type BaseMessageOptions,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Button, FormHandler } from '../buttons/button.ts';
import type { TurnPage } from '../buttons/turn-page.ts';
import type { Command, MessageCommand, Suggestion } from '../commands/command.ts';
import { decodeCustomId, type ButtonName } from '../domain/custom-id.ts';
import { Refusal } from '../domain/errors.ts';
import type { Clock } from '../services/clock.ts';
import type { Logger } from '../services/logger.ts';
import type { Plan, Reply, View, Visit } from '../services/visit.ts';
import type { Answerable } from './answerable.ts';
import { answerError, isAcknowledged, isTooLate } from './answer-error.ts';
import { filledIn, formOf } from './form-of.ts';
import { menuMessageOf } from './menu-message-of.ts';
import { readOptions } from './read-options.ts';
import { visitOf } from './visit-of.ts';

export interface DispatchNeeds {
  commands: readonly Command[];
  messageCommands: readonly MessageCommand[];
  buttons: Record<ButtonName, Button>;
  forms: Partial<Record<ButtonName, FormHandler>>;
  /** Whether a job was made of this interaction, by whichever process. */
  hasJob: (interactionId: string) => Promise<boolean>;
  turnPage: TurnPage;
  log: Logger;
  clock: Clock;
}

type MakePlan = (visit: Visit) => Plan | Promise<Plan>;

/** Discord shows 25 suggestions at most, each of 100 characters. */
const suggestions = { count: 25, length: 100 };

/** `isReplay`: a former process may have begun with this interaction before it died. */
export function interactionCreate(
  needs: DispatchNeeds,
): (interaction: Interaction, isReplay?: boolean) => Promise<void> {
  const commands = new Map(needs.commands.map((command) => [command.definition.name, command]));
  const menus = new Map(needs.messageCommands.map((command) => [command.definition.name, command]));

  return async (interaction, isReplay = false) => {
    const answer = (to: Answerable, makePlan: MakePlan): Promise<void> => carryOut(to, isReplay, makePlan);
    if (interaction.isChatInputCommand())
      await answer(interaction, (visit) => planCommand(interaction, visit));
    else if (interaction.isMessageContextMenuCommand())
      await answer(interaction, (visit) => planMenu(interaction, visit));
    else if (interaction.isButton()) await answer(interaction, (visit) => planButton(interaction, visit, []));
    else if (interaction.isStringSelectMenu())
      await answer(interaction, (visit) => planButton(interaction, visit, interaction.values));
    else if (interaction.isModalSubmit()) await answer(interaction, (visit) => planForm(interaction, visit));
    else if (interaction.isAutocomplete()) await suggest(interaction);
    else needs.log.debug({ type: interaction.type }, 'an interaction of a kind that nothing answers');
  };

  async function carryOut(interaction: Answerable, isReplay: boolean, makePlan: MakePlan): Promise<void> {
    const visit = visitOf(interaction, needs, isReplay);
    try {
      const plan = await makePlan(visit);
      if (plan.answer === 'form') {
        // A form can't be answered with a form.
        if (interaction.isModalSubmit()) throw new TypeError('a form after a form');
        await interaction.showModal(formOf(plan.form));
        return;
      }
      const isFirst = await defer(interaction, plan, isReplay);
      // Whoever made the job brings its card, too.
      if (!isFirst && (await needs.hasJob(interaction.id))) {
        visit.log.debug('an interaction was heard again: its job is made');
        return;
      }
      const view = await plan.run();
      if (view === 'delete') await interaction.deleteReply();
      else if (view !== undefined) await interaction.editReply(messageOf(interaction, view));
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

  function planMenu(interaction: MessageContextMenuCommandInteraction, visit: Visit): Plan | Promise<Plan> {
    const command = menus.get(interaction.commandName);
    if (command === undefined) throw new Refusal({ is: 'unknown-command' });
    return command.plan(visit, menuMessageOf(interaction));
  }

  function planButton(
    interaction: ButtonInteraction | StringSelectMenuInteraction,
    visit: Visit,
    values: readonly string[],
  ): Plan | Promise<Plan> {
    const decoded = decodeCustomId(interaction.customId);
    if (decoded.is === 'page') return needs.turnPage(visit, decoded.shelf, decoded.page);
    if (decoded.is !== 'ours') throw new Refusal({ is: 'old-button' });
    return needs.buttons[decoded.name](visit, decoded.id, values);
  }

  function planForm(interaction: ModalSubmitInteraction, visit: Visit): Plan | Promise<Plan> {
    const decoded = decodeCustomId(interaction.customId);
    const form = decoded.is === 'ours' ? needs.forms[decoded.name] : undefined;
    if (decoded.is !== 'ours' || form === undefined) throw new Refusal({ is: 'old-button' });
    return form(visit, decoded.id, filledIn(interaction));
  }

  /** Suggestions are a courtesy: when they fail there are none. */
  async function suggest(interaction: AutocompleteInteraction): Promise<void> {
    const visit = visitOf(interaction, needs);
    try {
      const { name, value } = interaction.options.getFocused(true);
      const found = (await commands.get(interaction.commandName)?.complete?.(visit, name, value)) ?? [];
      const fitting = found
        .map((choice): Suggestion => (typeof choice === 'string' ? { name: choice, value: choice } : choice))
        .filter((choice) => fits(choice.name) && fits(choice.value))
        .slice(0, suggestions.count);
      await interaction.respond(fitting);
    } catch (error) {
      const level = isTooLate(error) ? 'debug' : 'warn';
      visit.log[level]({ err: error }, 'no suggestions could be given');
    }
  }
}

const fits = ({ length }: string): boolean => length > 0 && length <= suggestions.length;

/**
 * False: the first answer has been given before, and the plan may be carried out again. Throws whatever else Discord says.
 */
async function defer(interaction: Answerable, plan: Reply, isReplay: boolean): Promise<boolean> {
  const stays = plan.answer === 'update' && (interaction.isMessageComponent() || interaction.isModalSubmit());
  const isPrivate = plan.answer === 'private';
  try {
    if (stays) await interaction.deferUpdate();
    else await interaction.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {});
    return true;
  } catch (error) {
    if (!isReplay || plan.repeatable !== true || !isAcknowledged(error)) throw error;
    // As discord.js notes it after an answer of its own.
    interaction.deferred = true;
    if (!stays) interaction.ephemeral = isPrivate;
    return false;
  }
}

function messageOf(interaction: Answerable, view: View): MessagePayload {
  const { files = [], ...message } = view;
  const payload = MessagePayload.create(interaction, {
    // A view is Discord's own JSON, which discord.js takes as it is.
    ...(message as BaseMessageOptions),
    allowedMentions: { parse: [] },
    files: files.map(({ name, bytes }) => new AttachmentBuilder(bytes, { name })),
  });
  // An attachment can't say its type, and an m4a looks like a video.
  payload.files = files.map(({ name, bytes, mime }) => ({
    name,
    data: bytes,
    ...(mime === undefined ? {} : { contentType: mime }),
  }));
  return payload;
}
