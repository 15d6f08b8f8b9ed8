import type { APIUser } from 'discord-api-types/v10';

/** A Discord account, of a person or a bot. */
export class User {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  locale: string;
  /** What Nitro gives: the largest file this account may upload, and apps on its behalf; 0 without Nitro. */
  nitroLimitBytes = 0;
  /** The setting "direct messages from server members", turned off. */
  refusesDms = false;

  constructor(id: string, name: string, options: { isBot?: boolean; locale?: string } = {}) {
    this.id = id;
    this.name = name;
    this.isBot = options.isBot ?? false;
    this.locale = options.locale ?? 'en-US';
  }

  wire(): APIUser {
    const user = {
      id: this.id,
      username: this.isBot ? this.name : this.name.toLowerCase(),
      global_name: this.isBot ? null : this.name,
      discriminator: this.isBot ? '0001' : '0',
      avatar: null,
      public_flags: 0,
      flags: 0,
      primary_guild: null,
    };
    return this.isBot ? { ...user, bot: true } : user;
  }
}
