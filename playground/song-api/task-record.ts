/** The gateway's `TaskDto`, keys in the order in which they are sent. */
export interface TaskRecord {
  id: number;
  /** Unix seconds, like all its times. */
  created_at: number;
  updated_at: number;
  task_id: string;
  platform: string;
  user_id: number;
  group: string;
  channel_id: number;
  quota: number;
  action: string;
  status: string;
  fail_reason: string;
  /** Absent when empty. On a failure it repeats `fail_reason`: new-api's GetResultURL falls back to it. */
  result_url?: string;
  submit_time: number;
  start_time: number;
  finish_time: number;
  progress: string;
  properties: { input: string; upstream_model_name: string; origin_model_name: string };
  data: unknown;
}
