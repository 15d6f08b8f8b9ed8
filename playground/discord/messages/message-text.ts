import type { APIEmbed } from 'discord-api-types/v10';
import { walkComponents, type LooseComponent } from './component-tree.ts';

/** Everything that a person reads in a message, line by line; buttons are not text. */
export function messageText(content: string, embeds: APIEmbed[], components: LooseComponent[]): string {
  const shown = [...walkComponents(components)].map(({ component }) => component.content);
  return [content, ...embeds.flatMap(embedLines), ...shown].filter(Boolean).join('\n');
}

function embedLines(embed: APIEmbed): Array<string | undefined> {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  return [embed.author?.name, embed.title, embed.description, ...fields, embed.footer?.text];
}
