import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';

export const ALL_PERMISSIONS = Object.values(Flag).reduce((all, bit) => all | bit, 0n);

/** What @everyone may do in a guild that nobody has configured. */
export const EVERYONE_MAY =
  Flag.ViewChannel |
  Flag.SendMessages |
  Flag.EmbedLinks |
  Flag.AttachFiles |
  Flag.AddReactions |
  Flag.UseExternalEmojis |
  Flag.ReadMessageHistory |
  Flag.UseApplicationCommands |
  Flag.SendVoiceMessages |
  Flag.UseExternalApps;

/** What a bot that was invited with sensible rights may do in a channel. */
export const BOT_MAY = EVERYONE_MAY | Flag.MentionEveryone;

/** An administrator may do everything, whatever else is said. */
export function allows(permissions: bigint, needed: bigint): boolean {
  return (permissions & Flag.Administrator) !== 0n || (permissions & needed) === needed;
}
