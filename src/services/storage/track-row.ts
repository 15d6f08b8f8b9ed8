/** A track as a row and back; what comes back is validated. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { plainWords } from '../../domain/guild-settings.ts';
import { platforms } from '../../domain/song.ts';
import type { Track } from '../../domain/track.ts';
import { actionKeySchema } from './job-row.ts';
import type { TrackRow } from './schema.ts';

/** Longer styles are found by their beginning; the words of 100,000 tracks are read for one search. */
const searched = { title: 100, style: 100 };

export function toTrackRow(track: Track): TrackRow {
  return {
    id: track.id,
    job_id: track.jobId,
    take: track.take,
    guild_id: track.guildId,
    channel_id: track.channelId,
    user_id: track.userId,
    private: track.private ? 1 : 0,
    platform: track.platform,
    clip_id: track.clipId,
    title: track.title,
    style: track.style,
    lyrics: track.lyrics,
    prompt: track.prompt,
    model: track.model,
    seed: track.seed,
    seconds: track.seconds,
    audio_url: track.audioUrl,
    image_url: track.imageUrl,
    action: track.action,
    parents: JSON.stringify(track.parents),
    words: plainWords(
      `${track.title.slice(0, searched.title)} ${(track.style ?? track.prompt ?? '').slice(0, searched.style)}`,
    ),
    timing: null,
    created_at: track.createdAt,
  };
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
