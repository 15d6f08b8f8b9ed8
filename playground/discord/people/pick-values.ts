import { ComponentType } from 'discord-api-types/v10';
import { ClientRefuses } from './client-checks.ts';
import { EmulatedChannel } from '../model/channel.ts';
import { Role } from '../model/role.ts';
import type { Nameable, ResolvedData } from './resolved-data.ts';

/** A select of a message or a modal, as far as choosing in it goes. */
export interface Choosable {
  type: ComponentType;
  options: ReadonlyArray<{ label: string; value: string }>;
  minValues: number;
  maxValues: number;
  /** Of a channel select: the types that it lists; all if there are none. */
  channelTypes: readonly number[];
}

const LISTS: Partial<Record<ComponentType, (thing: Nameable) => boolean>> = {
  [ComponentType.UserSelect]: (thing) => 'person' in thing,
  [ComponentType.RoleSelect]: (thing) => thing instanceof Role,
  [ComponentType.MentionableSelect]: (thing) => thing instanceof Role || 'person' in thing,
  [ComponentType.ChannelSelect]: (thing) => thing instanceof EmulatedChannel,
};

/** `values` of a select, as Discord's client lets a person choose: by value or label, or people, roles, channels. */
export function pickValues(
  select: Choosable,
  name: string,
  values: ReadonlyArray<string | Nameable>,
  resolved: ResolvedData,
  force = false,
): string[] {
  if (force) return values.map((value) => (typeof value === 'string' ? value : resolved.add(value)));
  const refuse = (why: string): never => {
    throw new ClientRefuses(`"${name}" ${why}`);
  };
  if (values.length < select.minValues || values.length > select.maxValues)
    refuse(`takes ${select.minValues} to ${select.maxValues} values`);
  const picked = values.map((value) => {
    if (typeof value !== 'string') {
      if (LISTS[select.type]?.(value) !== true) refuse('does not list such things');
      const { channelTypes } = select;
      const isListed =
        !(value instanceof EmulatedChannel) || channelTypes.length === 0 || channelTypes.includes(value.type);
      if (!isListed) refuse('does not list channels of this type');
      return resolved.add(value);
    }
    const option = select.options.find((one) => one.value === value || one.label === value);
    if (option === undefined) refuse(`has no option "${value}"`);
    return option!.value;
  });
  if (new Set(picked).size < picked.length) refuse('takes each value once');
  return picked;
}
