import type { Named } from '../news.ts';
import type { AppState } from './app-state.ts';
import type { ListedOption } from './option-list.tsx';

type NamedOption = ListedOption & { named: Named };

/** Component types of selects. */
const [userSelect, roleSelect, mentionableSelect, channelSelect] = [5, 6, 7, 8];

/** Who and what can be named where the page is. `kind`: the type of a select component. */
export function peopleRolesAndChannels(state: AppState, kind: number): NamedOption[] {
  const here = state.places.channels.find(({ id }) => id === state.channelId);
  const guild = state.places.guilds.find(({ id }) => id === here?.guildId);
  const people = state.people
    .filter(({ id }) => guild === undefined || guild.memberIds.includes(id))
    .map(({ id, name }): NamedOption => ({ name: `@${name}`, value: id, named: { user: id } }));
  const everyone =
    guild === undefined ? [] : [{ name: '@everyone', value: guild.id, named: { role: guild.id } }];
  const roles = (guild?.roles ?? []).map(({ id, name }): NamedOption => {
    return { name: `@${name}`, value: id, description: 'role', named: { role: id } };
  });
  const channels = state.places.channels
    .filter(({ guildId }) => guildId !== null && guildId === guild?.id)
    .map(({ id, name }): NamedOption => ({ name: `#${name}`, value: id, named: { channel: id } }));
  switch (kind) {
    case userSelect:
      return people;
    case roleSelect:
      return [...everyone, ...roles];
    case mentionableSelect:
      return [...people, ...everyone, ...roles];
    case channelSelect:
      return channels;
    default:
      return [];
  }
}
