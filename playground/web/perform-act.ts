import { ClientRefuses } from '../discord/people/client-checks.ts';
import type { OptionValue, OptionValues } from '../discord/people/command-call.ts';
import type { Invocation } from '../discord/people/invocation.ts';
import type { Member } from '../discord/people/member.ts';
import type { Nameable, OfferedFile } from '../discord/people/resolved-data.ts';
import type { EmulatedMessage } from '../discord/model/message.ts';
import type { Act, ActAnswer, ActRequest, Named, OptionInput } from './news.ts';
import type { Studio } from './studio.ts';

/** A file that was uploaded, by the name that its upload was answered with. */
export type FindFile = (id: string) => OfferedFile | undefined;

/** Has a person do what somebody does in the page, by the verbs that the tests use too. */
export async function performAct(
  studio: Studio,
  request: ActRequest,
  findFile: FindFile,
): Promise<ActAnswer> {
  try {
    const member = studio.personIn(request.userId, request.channelId);
    if (member === undefined) throw new ClientRefuses('this person is not there');
    return { refused: null, choices: (await perform(studio, member, request.act, findFile)) ?? [] };
  } catch (error) {
    if (error instanceof Refused || error instanceof ClientRefuses) return { refused: error.message };
    // The emulator tells of what went wrong in its own words: a late answer, an unknown command.
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { refused: line };
  }
}

/** Said to the person as it is. */
class Refused extends Error {}

type Choices = { name: string; value: string | number }[];

async function perform(
  studio: Studio,
  member: Member,
  act: Act,
  findFile: FindFile,
): Promise<Choices | undefined | void> {
  const name = (named: Named): Nameable => nameable(studio, member, named, findFile);
  const values = (options: Record<string, OptionInput>): OptionValues =>
    mapValues(options, (value): OptionValue => (typeof value === 'object' ? name(value) : value));
  switch (act.is) {
    case 'runs':
      await member.runs(act.line, values(act.options));
      return;
    case 'types':
      return member.types(act.line, act.option, act.text, values(act.options));
    case 'presses': {
      const message = messageOf(member, act.messageId);
      const isThere = message.buttons.some(
        ({ customId, disabled }) => customId === act.customId && !disabled,
      );
      if (!isThere) throw new Refused('That button is no longer there.');
      return settled(member.clicksId(act.customId, message));
    }
    case 'picks': {
      const picked = act.values.map((value) => (typeof value === 'string' ? value : name(value)));
      return settled(member.picks(act.customId, picked, messageOf(member, act.messageId)));
    }
    case 'submits':
      return settled(
        member.submits(
          mapValues(act.values, (value) =>
            Array.isArray(value) && value.some((one) => typeof one === 'object')
              ? value.filter((one) => typeof one === 'object').map(name)
              : (value as string | boolean | string[]),
          ),
        ),
      );
    case 'uses':
      return settled(member.uses(act.menu, messageOf(member, act.messageId)));
    case 'says':
      if (act.text.trim() === '' && act.files.length === 0)
        throw new Refused('Say something, or add a file.');
      member.says(
        act.text,
        act.files.map((file) => fileOf(file, findFile)),
      );
      return;
    case 'deletes': {
      const message = messageOf(member, act.messageId);
      const mayDelete =
        message.authorId === member.id ||
        message.ephemeralFor === member.id ||
        member.person.permissions !== 0n;
      if (!mayDelete) throw new Refused('Only its author and admins can delete that message.');
      message.delete();
    }
  }
}

/** Waits for the first answer, as Discord's client does before a button can be pressed again. */
async function settled(invocation: Promise<Invocation>): Promise<void> {
  await invocation;
}

function messageOf(member: Member, id: string): EmulatedMessage {
  const message = member.channel.find(id);
  if (message?.isVisibleTo(member.id) !== true) throw new Refused('That message is no longer there.');
  return message;
}

function nameable(studio: Studio, member: Member, named: Named, findFile: FindFile): Nameable {
  if ('file' in named) return fileOf(named.file, findFile);
  if ('channel' in named) {
    const channel = studio.channels().find(({ id }) => id === named.channel);
    if (channel === undefined) throw new Refused('That channel is no longer there.');
    return channel;
  }
  if ('role' in named) {
    const role = studio.discord.guilds.flatMap(({ roles }) => roles).find(({ id }) => id === named.role);
    if (role === undefined) throw new Refused('That role is no longer there.');
    return role;
  }
  const somebody =
    studio.personIn(named.user, member.channel.id) ?? studio.people.find(({ id }) => id === named.user);
  if (somebody === undefined) throw new Refused('That person is no longer there.');
  return somebody;
}

function fileOf(id: string, findFile: FindFile): OfferedFile {
  const file = findFile(id);
  if (file === undefined) throw new Refused('That file is no longer there. Please add it again.');
  return file;
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
