import { producerClipJson, sunoClipJson } from './clip-json.ts';
import type { EmulatedTask } from './emulated-task.ts';

/** The record's `data` while the upstream works. */
export function runningData(task: EmulatedTask, percent: number): unknown {
  if (task.platform === 'suno')
    return task.clips.map((clip) => sunoClipJson(clip, task, percent < 50 ? 'queued' : 'streaming'));
  // The upstream's UUID, although the documentation says that it isn't exposed.
  return {
    progress: `${percent}%`,
    status: task.script.unknownStatus ?? 'IN_PROGRESS',
    task_id: task.upstreamId,
  };
}

/** The record's `data` after a failure. */
export function failedData(task: EmulatedTask): unknown {
  if (task.platform === 'suno') return [];
  return { progress: '100%', status: 'FAILURE', task_id: task.upstreamId };
}

/** The record's `data` at the end: another shape than before, without `status` and `task_id`. */
export function finishedData(task: EmulatedTask): unknown {
  const { result } = task.job;
  if (result !== undefined) {
    if (task.script.dataAs === 'null') return null;
    return task.script.dataAs === 'string' ? JSON.stringify(result) : result;
  }
  const clips = task.clips.map((clip) =>
    task.platform === 'suno' ? sunoClipJson(clip, task, 'complete') : producerClipJson(clip, task),
  );
  // `quota` here is the upstream's price, a string; the gateway's own charge is the record's integer.
  const object = { clips, progress: '100%', quota: '3' };
  switch (task.script.dataAs ?? (task.platform === 'suno' ? 'array' : 'object')) {
    case 'object':
      return object;
    case 'array':
      return clips;
    case 'string':
      return JSON.stringify(object);
    case 'null':
      return null;
  }
}
