import type { EmulatedTask } from './emulated-task.ts';
import type { TaskRecord } from './task-record.ts';

/** Price group and channel of each platform; the Producer's are those of the documentation's example. */
const channels = { producer: ['producer-A', 28], suno: ['suno-A', 31] } as const;

export function recordOf(task: EmulatedTask): TaskRecord {
  const submitted = Math.floor(task.acceptedAt / 1000);
  const [group, channelId] = channels[task.platform];
  const resultUrl = task.resultUrl || task.failReason;
  return {
    id: task.rowId,
    created_at: submitted,
    updated_at: task.updatedAt,
    task_id: task.taskId,
    platform: task.platform,
    user_id: task.userId,
    group,
    channel_id: channelId,
    quota: task.quota,
    action: task.action,
    status: task.status,
    fail_reason: task.failReason,
    ...(resultUrl === '' ? {} : { result_url: resultUrl }),
    submit_time: submitted,
    start_time: task.startTime,
    finish_time: task.finishTime,
    progress: task.progress,
    properties: { input: '', upstream_model_name: task.model, origin_model_name: task.model },
    data: task.data,
    ...task.patch,
  };
}
