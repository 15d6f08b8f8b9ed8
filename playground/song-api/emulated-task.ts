import type { TaskRecord } from './task-record.ts';
import type { Platform } from './platform.ts';
import type { SongOrder } from './song-order.ts';
import type { UpstreamClip, UpstreamJob } from './upstream-job.ts';
import type { MediaManner } from './media-host.ts';

/** How the next task should go, other than well. */
export interface TaskScript {
  /** Ends as FAILURE with this reason. */
  fail?: string;
  /** One patch a poller's tick, laid over the record; after the last one life goes on as usual. */
  statuses?: readonly Partial<TaskRecord>[];
  /** Never ends, whatever the clock says. */
  neverFinish?: boolean;
  /** Accepted and charged, but no answer ever shows it (again). */
  vanish?: boolean;
  /** What the record says instead of IN_PROGRESS. */
  unknownStatus?: string;
  /** From submit to done upstream, instead of the emulator's `songMs`. */
  songMs?: number;

  /** How many clips come; 0 for "SUCCESS without a song". */
  clips?: number;
  /** The clips are there, but without the address of their audio. */
  noAudio?: boolean;
  /** This address instead of the emulator's own. */
  audioUrl?: string;
  imageUrl?: string;
  /** These bytes instead of a composed song. */
  audioBytes?: Buffer;
  /** Stems are so many WAV files of so many bytes each, made as they are sent: nobody holds them in memory. */
  largeStems?: { count: number; bytes: number };
  /** Of the audio; default "audio/mp4". */
  contentType?: string;
  /** How the media host behaves about the audio: late, slow, endless, cut short. */
  audioManner?: MediaManner;
  imageManner?: MediaManner;

  durationAs?: 'null' | 'number' | 'string';
  /** The shape of the finished record's `data`. */
  dataAs?: 'object' | 'array' | 'string' | 'null';
  title?: string;
  lyrics?: string;
  seconds?: number;
  /** Charge in the gateway's units. */
  quota?: number;
}

/** A submit that was accepted: what the gateway's database and the upstream know about it. */
export interface EmulatedTask {
  readonly taskId: string;
  /** The database's row number, the record's `id`. */
  readonly rowId: number;
  readonly userId: number;
  readonly platform: Platform;
  readonly action: string;
  /** Billing name: lower(platform)_lower(ACTION). */
  readonly model: string;
  /** The submit's JSON, as it came. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly order: SongOrder;
  readonly quota: number;
  /** The upstream's own id, which the gateway leaks in `data.task_id` while the task runs. */
  readonly upstreamId: string;
  readonly job: UpstreamJob;
  /** The job's. */
  readonly clips: UpstreamClip[];
  /** Can be changed while the task runs. */
  readonly script: TaskScript;

  /** Unix milliseconds: answered, written into the database, done upstream. */
  readonly acceptedAt: number;
  rowAt: number;
  doneAt: number;

  /** What the gateway's poller has seen so far; times in Unix seconds, 0 for "not yet". */
  status: string;
  progress: string;
  failReason: string;
  resultUrl: string;
  startTime: number;
  finishTime: number;
  updatedAt: number;
  data: unknown;
  /** How often the poller has looked. */
  looks: number;
  finished: boolean;
  /** The charge went back; the record's `quota` keeps its number. */
  refunded: boolean;
  /** The script's patch of this tick. */
  patch: Partial<TaskRecord>;
  /** The record before the last change: the documentation's example shows one task in both phases. */
  before: TaskRecord | undefined;
}
