import type { APIRole, RoleFlags } from 'discord-api-types/v10';

export class Role {
  readonly id: string;
  readonly guildId: string;
  readonly name: string;
  permissions: bigint;

  constructor(id: string, guildId: string, name: string, permissions: bigint) {
    this.id = id;
    this.guildId = guildId;
    this.name = name;
    this.permissions = permissions;
  }

  wire(): APIRole {
    const colors = { primary_color: 0, secondary_color: null, tertiary_color: null };
    return {
      id: this.id,
      name: this.name,
      permissions: this.permissions.toString(),
      color: 0,
      colors,
      hoist: false,
      icon: null,
      unicode_emoji: null,
      position: this.name === '@everyone' ? 0 : 1,
      managed: false,
      mentionable: true,
      flags: 0 as RoleFlags,
    };
  }
}
