/**
 * From unknown JSON to domain values. Every fact about the song API is weaker than it looks (song-api-open-questions
 * in the notes of the contract: B1 to B19), so nothing here is required but a task id and a status.
 */
import { z } from 'zod';
import type { TaskSnapshot } from '../../domain/job.ts';
import { address, isFields, text } from './scalars.ts';
import type { Payload } from './result-of.ts';

/** A task's news before it is known what kind of result its member waits for. */
export interface TaskRecord extends Omit<TaskSnapshot, 'result'> {
  /** What a finished task brought, not yet read. */
  payload: Payload | undefined;
}

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
  records: Map<string, TaskRecord>;
  /** Records without a readable task id. */
  unreadable: number;
}

/** A batch's `data`: null and absent mean "none of these". A repeated id is resolved by `newer`. */
export function readBatch(data: unknown): Batch {
  const batch: Batch = { records: new Map(), unreadable: 0 };
  for (const record of Array.isArray(data) ? (data as unknown[]) : []) {
    const read = readRecord(record);
    if (read === undefined) {
      batch.unreadable += 1;
      continue;
    }
    const known = batch.records.get(read.taskId);
    batch.records.set(read.taskId, known === undefined ? read : newer(known, read));
  }
  return batch;
}

/** The documentation's own example has one task twice, running and finished: an end beats a beginning. */
function newer(a: TaskRecord, b: TaskRecord): TaskRecord {
  const rank = { waiting: 0, running: 1, failed: 2, succeeded: 2 };
  if (rank[a.phase] !== rank[b.phase]) return rank[a.phase] > rank[b.phase] ? a : b;
  return b.updatedAt > a.updatedAt ? b : a;
}

/** One task record. Only the record's own `task_id` counts: `data.task_id` is the upstream's. */
export function readRecord(record: unknown): TaskRecord | undefined {
  if (!isFields(record)) return undefined;
  const taskId = taskIdSchema.safeParse(record['task_id']);
  if (!taskId.success) return undefined;
  const phase = phaseOf(record['status']);
  return {
    taskId: taskId.data,
    phase,
    percent: percentOf(record['progress']),
    // On a failure the gateway writes the reason into result_url: only asked at success, only as an address.
    payload:
      phase === 'succeeded'
        ? { data: unwrapped(record['data']), resultUrl: address(record['result_url']) }
        : undefined,
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

/** The gateway keeps `data` as raw JSON: written once too often it arrives as text, and a paid song with it. */
function unwrapped(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
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
