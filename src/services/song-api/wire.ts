/**
 * From unknown JSON to domain values. Every fact about the song API is weaker than it looks (song-api-open-questions
 * in the notes of the contract: B1 to B19), so nothing here is required but a task id and a status.
 */
import { z } from 'zod';
import type { TaskSnapshot } from '../../domain/job.ts';
import { shorten } from '../../domain/limits.ts';
import { clipSchema, type Clip } from '../../domain/song.ts';

/** 191: the width of the gateway's own column. */
const taskIdSchema = z.string().min(1).max(191);

/** A submit's `data`: the id itself, or an object that holds it. Undefined where there is none. */
export function readTaskId(data: unknown): string | undefined {
  const candidate =
    typeof data === 'object' && data !== null
      ? (Reflect.get(data, 'task_id') ?? Reflect.get(data, 'id'))
      : data;
  const parsed = taskIdSchema.safeParse(candidate);
  return parsed.success ? parsed.data : undefined;
}

export interface Batch {
  snapshots: Map<string, TaskSnapshot>;
  /** Records without a readable task id. */
  unreadable: number;
}

/** A batch's `data`: null and absent mean "none of these". A repeated id is resolved by `newer`. */
export function readBatch(data: unknown): Batch {
  const batch: Batch = { snapshots: new Map(), unreadable: 0 };
  for (const record of Array.isArray(data) ? (data as unknown[]) : []) {
    const snapshot = readRecord(record);
    if (snapshot === undefined) {
      batch.unreadable += 1;
      continue;
    }
    const known = batch.snapshots.get(snapshot.taskId);
    batch.snapshots.set(snapshot.taskId, known === undefined ? snapshot : newer(known, snapshot));
  }
  return batch;
}

/** The documentation's own example has one task twice, running and finished: an end beats a beginning. */
function newer(a: TaskSnapshot, b: TaskSnapshot): TaskSnapshot {
  const rank = { waiting: 0, running: 1, failed: 2, succeeded: 2 };
  if (rank[a.phase] !== rank[b.phase]) return rank[a.phase] > rank[b.phase] ? a : b;
  return b.updatedAt > a.updatedAt ? b : a;
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One task record. Only the record's own `task_id` counts: `data.task_id` is the upstream's. */
export function readRecord(record: unknown): TaskSnapshot | undefined {
  if (!isFields(record)) return undefined;
  const taskId = taskIdSchema.safeParse(record['task_id']);
  if (!taskId.success) return undefined;
  const phase = phaseOf(record['status']);
  return {
    taskId: taskId.data,
    phase,
    percent: percentOf(record['progress']),
    clips: phase === 'succeeded' ? clipsOf(record) : [],
    failReason: phase === 'failed' ? text(record['fail_reason'], 1000) : null,
    updatedAt: timeOf(record['updated_at']),
    charge: wholeNumber(record['quota']),
  };
}

/** The six of new-api and their likely relatives; a word that isn't known means "not finished". */
function phaseOf(status: unknown): TaskSnapshot['phase'] {
  switch (typeof status === 'string' ? status.trim().toUpperCase() : '') {
    case 'SUCCESS':
    case 'SUCCEEDED':
    case 'COMPLETED':
    case 'COMPLETE':
      return 'succeeded';
    case 'FAILURE':
    case 'FAILED':
    case 'ERROR':
      return 'failed';
    case 'NOT_START':
    case 'SUBMITTED':
    case 'QUEUED':
    case 'PENDING':
      return 'waiting';
    default:
      return 'running';
  }
}

/** "20%", "20", 20 or 0.2e2; anything else is null. */
function percentOf(progress: unknown): number | null {
  const number = Number.parseFloat(
    typeof progress === 'number' ? String(progress) : (text(progress, 20) ?? ''),
  );
  return Number.isFinite(number) ? Math.min(100, Math.max(0, Math.trunc(number))) : null;
}

/** Clips stand in `data.clips` (Producer) or are `data` itself (Suno); a lone `result_url` is one, too. */
function clipsOf(record: Fields): Clip[] {
  const data = unwrapped(record['data']);
  const listed = isFields(data) ? data['clips'] : data;
  const clips = (Array.isArray(listed) ? (listed as unknown[]) : []).flatMap((clip) => clipOf(clip) ?? []);
  if (clips.length > 0) return clips.slice(0, 10);
  // On a failure the gateway writes the reason into result_url: only asked at success, only as an address.
  const lone = clipOf({ audio_url: record['result_url'] });
  return lone === undefined ? [] : [lone];
}

/** The gateway keeps `data` as raw JSON: written once too often it arrives as text, and a paid song with it. */
function unwrapped(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function clipOf(clip: unknown): Clip | undefined {
  if (!isFields(clip)) return undefined;
  const audioUrl = address(clip['audio_url'] ?? clip['audioUrl']);
  if (audioUrl === null) return undefined;
  const metadata = isFields(clip['metadata']) ? clip['metadata'] : {};
  const parsed = clipSchema.safeParse({
    clipId: text(clip['clip_id'] ?? clip['id'], 191) ?? '',
    title: text(clip['title'], 300),
    style: text(clip['sound'] ?? clip['tags'] ?? metadata['tags'], 3000),
    lyrics: text(clip['lyrics'] ?? metadata['prompt'], 10_000),
    audioUrl,
    imageUrl: address(clip['image_url'] ?? clip['imageUrl'] ?? clip['image_large_url']),
    model: text(clip['mv'] ?? clip['model_name'], 100),
    seed: text(clip['seed'], 40),
    seconds: secondsOf(clip['duration'] ?? metadata['duration']),
  } satisfies Record<keyof Clip, unknown>);
  return parsed.success ? parsed.data : undefined;
}

/** Text or a number as text; null when absent or empty. Cut to `max`, since a stranger wrote it. */
function text(value: unknown, max: number): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : shorten(trimmed, max);
}

function address(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 4096) return null;
  const url = URL.parse(value);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

/** Number, numeric string or nothing; what is not a song's length is nothing. */
function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && seconds > 0 && seconds <= 3600 ? seconds : null;
}

/** Unix seconds or milliseconds (told apart by size) as milliseconds; 0 when unreadable. */
function timeOf(value: unknown): number {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || number <= 0) return 0;
  return number < 1e11 ? number * 1000 : number;
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
