/** A track as a row and back; what comes back is validated. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { plainWords } from '../../domain/guild-settings.ts';
import { platforms } from '../../domain/song.ts';
import type { Track } from '../../domain/track.ts';
import { actionKeySchema } from './job-row.ts';
import type { TrackRow } from './schema.ts';

/**
 * Longer titles, styles and prompts are found by their beginning; the words of 100,000 tracks are read for one search. A row of an
 * index must not outgrow a third of PostgreSQL's page (2,704 bytes), and in one plain form a letter may become eighteen.
 */
const longest = { title: 100, style: 100, prompt: 100, words: 300, clipId: 191 };

export function toTrackRow(track: Track): TrackRow {
  const { title, style, prompt, clipId } = track;
  const words = plainWords(
    [
      title.slice(0, longest.title),
      (style ?? '').slice(0, longest.style),
      (prompt ?? '').slice(0, longest.prompt),
    ].join(' '),
  );
  const row: TrackRow = {
    id: track.id,
    job_id: track.jobId,
    take: track.take,
    guild_id: track.guildId,
    channel_id: track.channelId,
    user_id: track.userId,
    private: track.private ? 1 : 0,
    platform: track.platform,
    // No request takes a longer one: there are no follow-ups then.
    clip_id: clipId.length > longest.clipId ? '' : clipId,
    title,
    style,
    lyrics: track.lyrics,
    prompt,
    model: track.model,
    seed: track.seed,
    seconds: track.seconds,
    audio_url: track.audioUrl,
    image_url: track.imageUrl,
    action: track.action,
    parents: JSON.stringify(track.parents),
    words: words.slice(0, longest.words),
    timing: null,
    board_at: null,
    created_at: track.createdAt,
  };
  // PostgreSQL's text holds every character but one, and a song must not be lost for it.
  const entries = Object.entries(row).map(([column, value]) => [
    column,
    typeof value === 'string' ? value.replaceAll('\0', '') : value,
  ]);
  return Object.fromEntries(entries) as TrackRow;
}

/** Throws where the row isn't what `toTrackRow` writes. */
export function fromTrackRow(row: Selectable<TrackRow>): Track {
  return {
    id: row.id,
    jobId: row.job_id,
    take: row.take,
    guildId: row.guild_id,
    channelId: row.channel_id,
    userId: row.user_id,
    private: row.private === 1,
    platform: z.enum(platforms).parse(row.platform),
    clipId: row.clip_id,
    title: row.title,
    style: row.style,
    lyrics: row.lyrics,
    prompt: row.prompt,
    model: row.model,
    seed: row.seed,
    seconds: row.seconds,
    audioUrl: row.audio_url,
    imageUrl: row.image_url,
    action: actionKeySchema.parse(row.action),
    parents: z.array(z.string()).parse(JSON.parse(row.parents)),
    createdAt: row.created_at,
  };
}
