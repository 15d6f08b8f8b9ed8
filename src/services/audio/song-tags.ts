/** What a finished file says about itself, in the fields that each container has for it. */
import { createHash } from 'node:crypto';
import type { AttachedImage, MetadataTags } from 'mediabunny';
import type { Track } from '../../domain/track.ts';

export interface SongTags {
  title: string;
  /** The song API's name for it; absent when it isn't known. */
  model?: string | undefined;
  jobId: string;
  /** From `hashPrompt`. */
  promptHash?: string | undefined;
  /** For people: how the song came about. */
  comment: string;
  /** A JPEG or PNG of at most 2 MB; anything else is left out. */
  coverPath?: string | undefined;
}

/** Songs by members stand next to music by people: nobody should have to ask. */
const artist = 'AI-generated';
const longest = { title: 200, comment: 1000, field: 100 };

/** Tells whether two songs had the same words, and nothing of the words. 64 bits as hex. */
export function hashPrompt(prompt: string): string {
  return createHash('sha256').update(prompt).digest('hex').slice(0, 16);
}

/** Of a song in the library. */
export function tagsOf({ title, model, prompt, jobId }: Track, coverPath?: string): SongTags {
  const promptHash = prompt === null ? undefined : hashPrompt(prompt);
  return { title, model: model ?? undefined, jobId, promptHash, comment: '', coverPath };
}

/**
 * Model, job and prompt have no field of their own in any container: they are named fields where there are such, and
 * stand in the comment everywhere.
 */
export function metadataFor(
  extension: string,
  tags: SongTags,
  cover: AttachedImage | undefined,
): MetadataTags {
  const fields = Object.fromEntries(
    [
      ['MODEL', tags.model],
      ['JOB', tags.jobId],
      ['PROMPT_SHA256', tags.promptHash],
    ].flatMap(([name, value]) => (value === undefined ? [] : [[name, clean(value, longest.field)]])),
  ) as Record<string, string>;
  const listed = Object.entries(fields).map(([name, value]) => `${name.toLowerCase()}=${value}`);
  return {
    title: clean(tags.title, longest.title),
    artist,
    comment: [clean(tags.comment, longest.comment), ...listed].join(' | '),
    ...(cover === undefined ? {} : { images: [cover] }),
    raw: rawFields(extension, fields),
  };
}

function rawFields(extension: string, fields: Record<string, string>): NonNullable<MetadataTags['raw']> {
  switch (extension) {
    case 'mp3':
    case 'wav':
      return { TXXX: fields };
    case 'ogg':
    case 'flac':
      return fields;
    case 'm4a':
      // "Encoding tool", the nearest that MP4 has to a model without invented atoms.
      return fields['MODEL'] === undefined ? {} : { '©too': fields['MODEL'] };
    default:
      return {};
  }
}

/** A NUL would end the field, a halved character would spoil it. */
function clean(text: string, max: number): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed();
}
