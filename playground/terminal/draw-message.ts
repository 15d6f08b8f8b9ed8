/** One Discord message as lines of text for a terminal: what a person would see, with the embed's colour at its edge. */
import { stripVTControlCharacters, styleText } from 'node:util';
import type { APIEmbed } from 'discord.js';
import type { EmulatedMessage } from '../discord/model/message.ts';

export interface DrawOptions {
  now: number;
  /** Columns. */
  width: number;
}

export function drawMessage(message: EmulatedMessage, options: DrawOptions): string[] {
  const lines = [styleText('bold', message.author.name)];
  if (message.ephemeralFor !== undefined) lines[0] += styleText('dim', '  only you can see this');
  if (message.isLoading) lines.push(styleText('dim', '… is thinking'));
  if (message.content !== '') lines.push(...wrap(render(message.content, options.now), options.width));
  for (const embed of message.embeds) lines.push(...drawEmbed(embed, options));
  for (const file of message.attachments) {
    const note = file.content_type?.startsWith('audio/') ? '♪' : '▣';
    lines.push(`  ${styleText('cyan', `${note} ${file.filename}`)}  ${styleText('dim', size(file.size))}`);
  }
  if (message.buttons.length > 0)
    lines.push(`  ${message.buttons.map(({ label }) => styleText('inverse', ` ${label} `)).join(' ')}`);
  return lines;
}

function drawEmbed(embed: APIEmbed, { now, width }: DrawOptions): string[] {
  const inner = width - 4;
  const inline = (embed.fields ?? []).filter((field) => field.inline);
  const block = (embed.fields ?? []).filter((field) => !field.inline);
  const lines = [
    ...(embed.title === undefined ? [] : [styleText('bold', embed.title)]),
    ...wrap(render(embed.description ?? '', now), inner),
    ...(inline.length === 0
      ? []
      : [inline.map((field) => `${styleText('dim', field.name)} ${field.value}`).join('   ')]),
    ...block.flatMap((field) => wrap(`${styleText('dim', field.name)} ${render(field.value, now)}`, inner)),
    ...(embed.footer === undefined ? [] : [styleText('dim', embed.footer.text)]),
  ];
  const edge = coloured('▌', embed.color ?? 0x80848e);
  return lines.map((line) => `  ${edge} ${line}`);
}

/** Discord's markdown, as far as the bot uses it. */
function render(text: string, now: number): string {
  return text
    .replaceAll(/<t:(\d+):R>/g, (_, seconds: string) => relative(Number(seconds) * 1000 - now))
    .replaceAll(/<@!?\d+>/g, styleText('cyan', '@you'))
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, (_, label: string) => styleText('underline', label))
    .replaceAll(/\*\*(.+?)\*\*/g, (_, strong: string) => styleText('bold', strong))
    .replaceAll(/^> ?(.*)$/gm, (_, quoted: string) => styleText('italic', `│ ${quoted}`))
    .replaceAll('`', '');
}

function relative(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const amount = seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  if (seconds === 0) return 'now';
  return ms < 0 ? `${amount} ago` : `in ${amount}`;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function coloured(text: string, colour: number): string {
  if (!process.stdout.hasColors?.(2 ** 24)) return text;
  const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
  return `\u001b[38;2;${red};${green};${blue}m${text}\u001b[39m`;
}

/** Breaks at blanks; codes that colour take no room. */
function wrap(text: string, width: number): string[] {
  if (text === '') return [];
  return text.split('\n').flatMap((line) => {
    const rows: string[] = [''];
    for (const word of line.split(' ')) {
      const row = rows.at(-1) ?? '';
      const longer = row === '' ? word : `${row} ${word}`;
      if (stripVTControlCharacters(longer).length <= width) rows[rows.length - 1] = longer;
      else rows.push(word);
    }
    return rows;
  });
}
