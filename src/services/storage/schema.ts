import type { Generated } from 'kysely';

/** The tables as Kysely sees them. Booleans are 0/1 and JSON is text, so that both databases store the same. */
export interface JobRow {
  id: string;
  guild_id: string | null;
  channel_id: string;
  user_id: string;
  locale: string;
  action: string;
  inputs: string;
  next: string | null;
  parents: string;
  subject: string | null;
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
  charged_before: number;
  interaction_id: string;
  application_id: string;
  token: string;
  token_until: number;
  message_id: string | null;
  attachment_limit: number;
  delivery: string;
  delivery_attempts: number;
  next_delivery_at: number;
  /** What became of the credits: none | held | settled | released. */
  hold: string;
  /** 1: its member has had all words of it taken away; only the books still need the row. */
  erased: number;
  /** 1: the row couldn't be read back and is kept out of every queue, for a person to look at. */
  set_aside: number;
}

export interface TrackRow {
  id: string;
  job_id: string;
  take: number;
  guild_id: string | null;
  channel_id: string;
  user_id: string;
  private: number;
  platform: string;
  clip_id: string;
  title: string;
  style: string | null;
  lyrics: string | null;
  prompt: string | null;
  model: string | null;
  seed: string | null;
  seconds: number | null;
  audio_url: string | null;
  image_url: string | null;
  action: string;
  /** JSON: ids of tracks. */
  parents: string;
  /** What is searched: title, style and prompt in one plain form. */
  words: string;
  /** JSON: when each word is sung, where that has been asked. */
  timing: string | null;
  /** When it was posted to its server's board; once. */
  board_at: number | null;
  created_at: number;
}

export interface FavouriteRow {
  user_id: string;
  track_id: string;
  at: number;
}

/** Which jobs were made from a track. */
export interface TrackParentRow {
  parent_id: string;
  job_id: string;
}

export interface KvRow {
  namespace: string;
  key: string;
  value: string;
  /** Unix ms; null: for ever. */
  expires: number | null;
}

export interface LedgerAccountRow {
  id: string;
  guild_id: string | null;
  user_id: string | null;
  name: string;
  reserved: number;
  used_day: number;
  used_week: number;
  used_month: number;
  since_day: number;
  since_week: number;
  since_month: number;
  allowance_credits: number | null;
  allowance_period: string | null;
  ceiling_credits: number | null;
  ceiling_period: string | null;
  time_zone: string;
  paused: number;
  blocked: number;
  alarm_since: number;
  alarm_percent: number;
}

export interface LedgerEntryRow {
  id: Generated<number>;
  at: number;
  account_id: string;
  guild_id: string | null;
  kind: string;
  credits: number;
  job_id: string | null;
  action: string | null;
  actor_id: string | null;
  reason: string;
}

export interface RoleAllowanceRow {
  guild_id: string;
  role_id: string;
  credits: number;
  period: string;
}

export interface Schema {
  job: JobRow;
  ledger_account: LedgerAccountRow;
  ledger_entry: LedgerEntryRow;
  role_allowance: RoleAllowanceRow;
  track: TrackRow;
  favourite: FavouriteRow;
  track_parent: TrackParentRow;
  kv: KvRow;
}
