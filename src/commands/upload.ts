import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { Refusal } from '../domain/errors.ts';
import { defineCommand, type Command } from './command.ts';
import { deedOptions } from './deed-options.ts';
import type { DeedNeeds } from './song-command.ts';

/** Takes a file into the library: from then on it can be covered, extended and split like any song. */
export function upload({ deedDesk, settings }: DeedNeeds): Command {
  const { file, engine, title, private: quiet } = deedOptions;
  return defineCommand(
    {
      name: 'upload',
      description: 'Bring your own audio into your songs',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [{ ...file, required: true }, engine, { ...title, name: 'title' }, quiet],
    },
    (visit, values) => {
      const sent = visit.attachments.find(({ id }) => id === values.file);
      if (sent === undefined) throw new Refusal({ is: 'bad-option', option: 'file' });
      const platform = values.engine ?? settings.of(visit.guildId).engine ?? 'producer';
      return deedDesk.planUpload(visit, sent, platform, values.title, values.private);
    },
  );
}
