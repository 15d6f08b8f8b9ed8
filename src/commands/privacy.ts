import {
  ApplicationCommandOptionType as Type,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
} from 'discord.js';
import { gzipSync } from 'node:zlib';
import { encodeCustomId } from '../domain/custom-id.ts';
import { Refusal } from '../domain/errors.ts';
import { newJobId } from '../domain/ids.ts';
import type { MemberTable } from '../services/storage/member-table.ts';
import { defineGroup, type Command } from './command.ts';

/** What a person may see and undo of what is kept about them; wherever they are, about everywhere. */
export function privacy(needs: { members: MemberTable }): Command {
  return defineGroup(
    {
      name: 'privacy',
      description: 'What I keep about you',
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        { type: Type.Subcommand, name: 'export', description: 'All that I keep about you, as a file' },
        { type: Type.Subcommand, name: 'erase', description: 'Forget all that you asked me for' },
      ],
    },
    () => undefined,
    {
      export: ({ userId, attachmentLimit, words }) => ({
        answer: 'private',
        async run() {
          const kept = await needs.members.keptAbout(userId);
          const file = fitting(words.privacy.fileName, JSON.stringify(kept, null, 2), attachmentLimit);
          return {
            content: words.privacy.export(kept.requests.length, kept.songs.length),
            files: [file],
          };
        },
      }),
      erase: ({ words }) => ({
        answer: 'private',
        run: () =>
          Promise.resolve({
            content: words.privacy.ask,
            components: [
              {
                type: ComponentType.ActionRow,
                components: [
                  {
                    type: ComponentType.Button,
                    style: ButtonStyle.Danger,
                    label: words.privacy.yes,
                    // Whoever presses it means themselves; the id says nothing.
                    custom_id: encodeCustomId('erase', newJobId()),
                  },
                ],
              },
            ],
          }),
      }),
    },
  );
}

function fitting(name: string, text: string, most: number): { name: string; bytes: Buffer } {
  const plain = Buffer.from(text);
  if (plain.byteLength <= most) return { name, bytes: plain };
  const packed = gzipSync(plain);
  if (packed.byteLength > most) throw new Refusal({ is: 'too-much-to-send' });
  return { name: `${name}.gz`, bytes: packed };
}
