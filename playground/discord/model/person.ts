import type { APIInteractionGuildMember, GuildMemberFlags } from 'discord-api-types/v10';
import type { Bot } from './bot.ts';
import { ALL_PERMISSIONS, allows } from './permissions.ts';
import type { Role } from './role.ts';
import type { User } from './user.ts';

/** What a member, a channel or an interaction needs to know of the guild that it is in. */
export interface GuildFacts {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  /** What boosts give; 0 without boosts. */
  uploadLimitBytes: number;
  readonly everyone: Role;
  readonly bots: Set<Bot>;
}

/** A user as a member of one guild: roles and rights. The verbs are in `Member`. */
export class Person {
  readonly user: User;
  readonly guild: GuildFacts;
  readonly roles: Role[];
  readonly joinedAt: number;
  /** Rights besides those of the roles. */
  permissions: bigint;

  constructor(
    user: User,
    guild: GuildFacts,
    options: { roles: Role[]; permissions: bigint; joinedAt: number },
  ) {
    this.user = user;
    this.guild = guild;
    this.roles = options.roles;
    this.permissions = options.permissions;
    this.joinedAt = options.joinedAt;
  }

  /** All rights: @everyone, the roles, their own; everything for the owner and for administrators. */
  may(): bigint {
    if (this.user.id === this.guild.ownerId) return ALL_PERMISSIONS;
    const granted = this.roles.reduce(
      (all, role) => all | role.permissions,
      this.guild.everyone.permissions | this.permissions,
    );
    return allows(granted, ALL_PERMISSIONS) ? ALL_PERMISSIONS : granted;
  }

  wire(): APIInteractionGuildMember {
    return { ...this.partialWire(), user: this.user.wire(), deaf: false, mute: false };
  }

  /** As it stands in `resolved.members`: without the user. */
  partialWire(): Omit<APIInteractionGuildMember, 'user' | 'deaf' | 'mute'> {
    return {
      roles: this.roles.map((role) => role.id),
      permissions: this.may().toString(),
      joined_at: new Date(this.joinedAt).toISOString(),
      nick: null,
      avatar: null,
      banner: null,
      premium_since: null,
      communication_disabled_until: null,
      pending: false,
      flags: 0 as GuildMemberFlags,
    };
  }
}
