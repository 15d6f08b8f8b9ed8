/** The tables as Kysely sees them. Booleans are 0/1 and JSON is text, so that both databases store the same. */
export interface JobRow {
  id: string;
  guild_id: string | null;
  channel_id: string;
  user_id: string;
  locale: string;
  action: string;
  inputs: string;
  private: number;
  price: number;
  created_at: number;
  /** Copy of `status.state`, for the queries. */
  state: string;
  /** Copy of `status.taskId`, for the queries. */
  task_id: string | null;
  status: string;
  submitted_at: number | null;
  finished_at: number | null;
  not_before: number;
  next_poll_at: number | null;
  missing_since: number | null;
  charge: number | null;
  interaction_id: string;
  application_id: string;
  token: string;
  token_until: number;
  message_id: string | null;
  attachment_limit: number;
  delivery: string;
  delivery_attempts: number;
  next_delivery_at: number;
  /** 1: the row couldn't be read back and is kept out of every queue, for a person to look at. */
  set_aside: number;
}

export interface KvRow {
  namespace: string;
  key: string;
  value: string;
  /** Unix ms; null: for ever. */
  expires: number | null;
}

export interface Schema {
  job: JobRow;
  kv: KvRow;
}
