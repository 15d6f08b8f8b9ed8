import type { APIEmbed } from 'discord-api-types/v10';
import { problem, type Problem } from '../rest/refused.ts';
import { isAbsent } from '../rest/is-absent.ts';

/** Over all embeds of a message: https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const MAX_CHARACTERS = 6_000;

/** What the schema of an embed can't say. */
export function embedProblems(embeds: APIEmbed[]): Problem[] {
  const problems = embeds.flatMap((embed, index) => oneEmbed(embed, ['embeds', index]));
  const characters = embeds.reduce((sum, embed) => sum + charactersOf(embed), 0);
  if (characters > MAX_CHARACTERS)
    problems.push(problem(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000'));
  return problems;
}

/** Nothing in it that anybody could see: Discord drops it. */
export function isEmptyEmbed(embed: APIEmbed): boolean {
  return charactersOf(embed) === 0 && isAbsent(embed.image) && isAbsent(embed.thumbnail);
}

function oneEmbed(embed: APIEmbed, path: PropertyKey[]): Problem[] {
  const required = (value: string | null | undefined, ...place: PropertyKey[]): Problem[] =>
    (value ?? '').trim() === ''
      ? [problem([...path, ...place], 'BASE_TYPE_REQUIRED', 'This field is required')]
      : [];
  const link = (url: string | null | undefined, schemes: string[], ...place: PropertyKey[]): Problem[] =>
    isAbsent(url) || schemes.some((scheme) => url.startsWith(`${scheme}:`))
      ? []
      : [
          problem(
            [...path, ...place],
            'URL_TYPE_INVALID_SCHEME',
            `Scheme must be one of ${schemes.join(', ')}.`,
          ),
        ];
  const web = ['http', 'https'];
  const media = [...web, 'attachment'];
  return [
    ...(embed.fields ?? []).flatMap((field, index) => [
      ...required(field.name, 'fields', index, 'name'),
      ...required(field.value, 'fields', index, 'value'),
    ]),
    ...(embed.footer ? required(embed.footer.text, 'footer', 'text') : []),
    ...(embed.author ? required(embed.author.name, 'author', 'name') : []),
    ...link(embed.url, web, 'url'),
    ...link(embed.author?.url, web, 'author', 'url'),
    ...link(embed.image?.url, media, 'image', 'url'),
    ...link(embed.thumbnail?.url, media, 'thumbnail', 'url'),
    ...link(embed.footer?.icon_url, media, 'footer', 'icon_url'),
    ...link(embed.author?.icon_url, media, 'author', 'icon_url'),
  ];
}

function charactersOf(embed: APIEmbed): number {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  return [embed.title, embed.description, embed.footer?.text, embed.author?.name, ...fields].reduce(
    (sum, text) => sum + (text?.length ?? 0),
    0,
  );
}
