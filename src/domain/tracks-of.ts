import { platformOf } from './actions.ts';
import { newJobId } from './ids.ts';
import type { Job } from './job-record.ts';
import type { Track } from './track.ts';

/** What a finished job adds to the library: each clip of it, or the file that was taken in. None for other results. */
export function tracksOf(job: Job): Track[] {
  if (job.status.state !== 'succeeded') return [];
  const { result } = job.status;
  const { inputs } = job;
  const shared = {
    jobId: job.id,
    guildId: job.guildId,
    channelId: job.channelId,
    userId: job.userId,
    private: job.private,
    platform: platformOf(job.action),
    prompt: inputs.prompt ?? null,
    action: job.action,
    parents: job.parents,
    createdAt: job.finishedAt ?? job.createdAt,
  };
  if (result.is === 'handle')
    return [
      {
        ...shared,
        id: newJobId(),
        take: 1,
        clipId: result.clipId,
        title: inputs.title ?? result.title ?? job.subject ?? '',
        style: inputs.style ?? null,
        lyrics: result.lyrics,
        model: null,
        seed: null,
        seconds: result.seconds,
        audioUrl: result.audioUrl ?? inputs.fileUrl ?? null,
        imageUrl: null,
      },
    ];
  if (result.is !== 'clips') return [];
  return result.clips.map((clip, index) => ({
    ...shared,
    id: newJobId(),
    take: index + 1,
    clipId: clip.clipId,
    title: inputs.title ?? clip.title ?? '',
    style: clip.style ?? inputs.style ?? null,
    lyrics: clip.lyrics ?? inputs.lyrics ?? null,
    model: clip.model ?? inputs.model ?? null,
    seed: clip.seed ?? inputs.seed ?? null,
    seconds: clip.seconds,
    audioUrl: clip.audioUrl,
    imageUrl: clip.imageUrl,
  }));
}
