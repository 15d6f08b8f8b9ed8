import { ApplicationCommandOptionType as Type, type APIApplicationCommandOption } from 'discord.js';
import * as fc from 'fast-check';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { Command } from '../../src/commands/command.ts';

export interface Place {
  guildId: string | null;
  channel: EmulatedChannel;
  people: readonly Member[];
}

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom('rain', 'a'.repeat(2001), '@everyone', '', ' '),
);

function valueOf(option: APIApplicationCommandOption, place: Place): fc.Arbitrary<unknown> {
  const ids = place.people.map(({ id }) => id);
  switch (option.type) {
    case Type.String:
      return option.choices?.length ? fc.constantFrom(...option.choices.map(({ value }) => value)) : text;
    case Type.Integer:
    case Type.Number:
      return fc.integer({ min: option.min_value ?? -9, max: Math.min(option.max_value ?? 9, 2 ** 31 - 1) });
    case Type.Boolean:
      return fc.boolean();
    case Type.Channel:
      return fc.constant(place.channel.id);
    case Type.Role:
      return fc.constant(place.guildId ?? '1');
    default:
      return fc.constantFrom(...ids);
  }
}

/** Options as Discord's client would send them: what is required always, the others at times. */
function optionsOf(defined: readonly APIApplicationCommandOption[], place: Place): fc.Arbitrary<object[]> {
  const subcommands = defined.filter((option) => option.type === Type.Subcommand);
  if (subcommands.length > 0)
    return fc
      .constantFrom(...subcommands)
      .chain(({ name, type, options = [] }) =>
        optionsOf(options, place).map((inner) => [{ name, type, options: inner }]),
      );
  const each = defined.map((option) => {
    const { name, type } = option;
    const given = valueOf(option, place).map((value) => ({ name, type, value }));
    return 'required' in option && option.required ? given : fc.option(given);
  });
  return fc.tuple(...each).map((options) => options.filter((option) => option !== null));
}

function commandData(command: Command, place: Place): fc.Arbitrary<object> {
  const { name, options = [] } = command.definition;
  const people = Object.fromEntries(place.people.map(({ id, person }) => [id, person.user.wire()]));
  const members = Object.fromEntries(place.people.map(({ id, person }) => [id, person.partialWire()]));
  const channels = { [place.channel.id]: { ...place.channel.wire(), permissions: '0' } };
  const resolved = { users: people, members, channels };
  return optionsOf(options, place).map((given) => ({ id: '7', name, type: 1, options: given, resolved }));
}

/** INTERACTION_CREATE as Discord sends it; `id` and `token` are for the caller to fill in. */
export function interactionPayloads(
  commands: readonly Command[],
  customIds: readonly string[],
  places: readonly Place[],
): fc.Arbitrary<Record<string, unknown>> {
  const inPlace = (place: Place): fc.Arbitrary<Record<string, unknown>> => {
    const command = fc
      .constantFrom(...commands)
      .chain((one) => commandData(one, place))
      .map((data) => ({ type: 2, data }));
    const song = commands.filter(({ definition }) => definition.name === 'song');
    const asked = fc
      .constantFrom(...song)
      .chain((one) => commandData(one, place))
      .map((data) => ({ type: 2, data }));
    const typed = command.map(({ data }) => ({ type: 4, data: { ...data, focused: true } }));
    const message = { id: '8', channel_id: place.channel.id, author: { id: '9', username: 'x' }, flags: 0 };
    const lists = { attachments: [], embeds: [], components: [], mentions: [], mention_roles: [] };
    const component = fc.record({
      type: fc.constant(3),
      message: fc.constant({ ...message, ...lists, content: '', type: 0, timestamp: '2026-03-13T07:10:57Z' }),
      data: fc.record({
        component_type: fc.constantFrom(2, 2, 2, 3, 5),
        custom_id: fc.oneof(fc.constantFrom(...customIds), text),
        values: fc.array(text, { maxLength: 2 }),
      }),
    });
    const modal = text.map((custom_id) => ({ type: 5, data: { custom_id, components: [] } }));
    const kind = fc.oneof(
      { arbitrary: asked, weight: 4 },
      { arbitrary: command, weight: 4 },
      component,
      typed,
      modal,
    );
    return fc.tuple(kind, fc.constantFrom(...place.people)).map(([what, { person }]) => ({
      ...what,
      version: 1,
      application_id: '10',
      channel_id: place.channel.id,
      channel: { ...place.channel.wire(), permissions: '0' },
      locale: 'en-GB',
      app_permissions: '0',
      entitlements: [],
      authorizing_integration_owners: { 0: place.guildId ?? '0' },
      attachment_size_limit: 10_485_760,
      ...(place.guildId === null
        ? { context: 1, user: person.user.wire() }
        : { context: 0, guild_id: place.guildId, guild_locale: 'en-GB', member: person.wire() }),
    }));
  };
  return fc.constantFrom(...places).chain(inPlace);
}
