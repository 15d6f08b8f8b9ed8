import { platformOf } from '../../domain/actions.ts';
import type { Track } from '../../domain/track.ts';

/** What is known of a song, for people who take it elsewhere. `file`: its audio beside it; null where there is none. */
export function describeTrack(track: Track, file: string | null): object {
  const { id, title, take, style, prompt, lyrics, model, seed, seconds, action, parents } = track;
  return {
    id,
    title,
    take,
    artist: 'AI-generated',
    engine: platformOf(action),
    model,
    action,
    prompt,
    style,
    lyrics,
    seed,
    seconds,
    made_from: parents,
    made_at: new Date(track.createdAt).toISOString(),
    asked_by: track.userId,
    job: track.jobId,
    file,
    audio_url: track.audioUrl,
    image_url: track.imageUrl,
  };
}
