import type { EmulatedTask } from './emulated-task.ts';
import type { UpstreamClip } from './upstream-job.ts';

/** A clip in a finished Producer record: keys, order and nulls of the documentation's example. */
export function producerClipJson(clip: UpstreamClip, task: EmulatedTask): Record<string, unknown> {
  return {
    clip_id: clip.clipId,
    state: 'completed',
    title: clip.title,
    sound: clip.sound,
    lyrics: clip.lyrics,
    image_url: clip.imageUrl,
    audio_url: task.script.noAudio === true ? null : clip.audioUrl,
    video_url: clip.videoUrl ?? null,
    ...(clip.wavUrl === undefined ? {} : { wav_url: clip.wavUrl }),
    created_at: clip.createdAt,
    mv: clip.model,
    seed: clip.seed,
    duration: durationJson(clip.seconds, task.script.durationAs ?? 'null'),
  };
}

/**
 * A raw Suno clip, as stock new-api passes it on. While it is `streaming` its audio address is a promise only: the file
 * isn't there before the end.
 */
export function sunoClipJson(
  clip: UpstreamClip,
  task: EmulatedTask,
  status: 'queued' | 'streaming' | 'complete',
): Record<string, unknown> {
  const complete = status === 'complete';
  const hasAddress = status !== 'queued' && task.script.noAudio !== true;
  return {
    id: clip.clipId,
    title: clip.title,
    status,
    audio_url: hasAddress ? clip.audioUrl : '',
    image_url: status === 'queued' ? '' : clip.imageUrl,
    video_url: complete ? (clip.videoUrl ?? '') : '',
    ...(complete && clip.wavUrl !== undefined ? { wav_url: clip.wavUrl } : {}),
    model_name: clip.model,
    created_at: clip.createdAt,
    metadata: {
      tags: clip.sound,
      prompt: clip.lyrics,
      gpt_description_prompt: task.order.prompt,
      duration: complete ? durationJson(clip.seconds, task.script.durationAs ?? 'number') : null,
      error_message: null,
    },
  };
}

function durationJson(seconds: number, as: 'null' | 'number' | 'string'): number | string | null {
  if (as === 'null') return null;
  return as === 'number' ? seconds : String(seconds);
}
