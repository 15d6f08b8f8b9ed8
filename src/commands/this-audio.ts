/** The audio of any message: a song of ours by its card's buttons, or a file that somebody has sent. */
import { ApplicationCommandType, ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { decodeCustomId } from '../domain/custom-id.ts';
import { Refusal } from '../domain/errors.ts';
import type { Platform } from '../domain/song.ts';
import type { Track } from '../domain/track.ts';
import type { BroughtFiles } from '../services/jobs/brought-files.ts';
import type { DeedDesk } from '../services/jobs/deed-desk.ts';
import type { SettingsStore } from '../services/storage/settings-store.ts';
import type { TrackTable } from '../services/storage/track-table.ts';
import type { SentFile, View, Visit } from '../services/visit.ts';
import type { MenuMessage, MessageCommand } from './command.ts';

export interface MessageDeedNeeds {
  deedDesk: DeedDesk;
  broughtFiles: BroughtFiles;
  tracks: Pick<TrackTable, 'find' | 'ofJob'>;
  settings: Pick<SettingsStore, 'of'>;
  /** Puts a song among the member's favourites. */
  keep: (visit: Visit, track: Track) => Promise<View>;
}

export function messageCommand(name: string, plan: MessageCommand['plan']): MessageCommand {
  return {
    definition: {
      name,
      type: ApplicationCommandType.Message,
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    },
    plan,
  };
}

/** Throws `Refusal` where the message has no audio. */
export async function audioOf(
  { tracks }: Pick<MessageDeedNeeds, 'tracks'>,
  visit: Visit,
  message: MenuMessage,
): Promise<{ track: Track } | { file: SentFile }> {
  for (const customId of message.customIds) {
    const decoded = decodeCustomId(customId);
    if (decoded.is !== 'ours') continue;
    const track = (await tracks.find(decoded.id, visit)) ?? (await tracks.ofJob(decoded.id, visit))[0];
    if (track !== undefined) return { track };
  }
  const file = visit.attachments.find(
    ({ contentType, name }) =>
      contentType.startsWith('audio/') || /\.(m4a|mp3|wav|ogg|flac|aac|opus)$/i.test(name),
  );
  if (file === undefined) throw new Refusal({ is: 'no-audio-here' });
  return { file };
}

export const houseEngine = ({ settings }: Pick<MessageDeedNeeds, 'settings'>, visit: Visit): Platform =>
  settings.of(visit.guildId).engine ?? 'producer';
