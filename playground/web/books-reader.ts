import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EntryView, JobView } from './news.ts';

const everyMs = 150;
const shownJobs = 200;
const shownEntries = 300;
const shownWords = 120;

interface Found {
  onJobs: (jobs: JobView[]) => void;
  onEntries: (entries: EntryView[]) => void;
}

type Row = Record<string, unknown>;

/** Watches the bot's database from outside, read-only: it is the bot's own truth, also while the bot is dead. */
export class BooksReader {
  readonly #file: string;
  readonly #found: Found;
  readonly #timer: NodeJS.Timeout;
  readonly #jobs = new Map<string, JobView>();
  readonly #entries: EntryView[] = [];
  #database: DatabaseSync | undefined;
  #version: unknown;
  #lastEntry = 0;

  constructor(dataDir: string, found: Found) {
    this.#file = join(dataDir, 'minstrel.sqlite');
    this.#found = found;
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  /** Newest first. */
  jobs(): JobView[] {
    return [...this.#jobs.values()].toSorted((a, b) => b.createdAt - a.createdAt).slice(0, shownJobs);
  }

  /** Oldest first. */
  entries(): EntryView[] {
    return this.#entries.slice(-shownEntries);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#database?.close();
  }

  #look(): void {
    try {
      if (this.#database === undefined) {
        if (!existsSync(this.#file)) return;
        this.#database = new DatabaseSync(this.#file, { readOnly: true });
      }
      // Changes when another connection has committed, and costs no page of the file.
      const version = this.#database.prepare('pragma data_version').get()?.['data_version'];
      if (version === this.#version) return;
      this.#readJobs(this.#database);
      this.#readEntries(this.#database);
      this.#version = version;
    } catch {
      // Not migrated yet, or busy recovering: the next look tries again.
      this.#database?.close();
      this.#database = undefined;
      this.#version = undefined;
    }
  }

  #readJobs(database: DatabaseSync): void {
    const rows = database.prepare(`select * from job order by created_at desc limit ${shownJobs}`).all();
    const changed: JobView[] = [];
    for (const row of rows) {
      const before = this.#jobs.get(String(row['id']));
      const job = jobOf(row, before);
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(job)) continue;
      this.#jobs.set(job.id, job);
      changed.push(job);
    }
    if (changed.length > 0) this.#found.onJobs(changed);
  }

  #readEntries(database: DatabaseSync): void {
    const rows = database
      .prepare(`select * from ledger_entry where id > ? order by id limit ${shownEntries}`)
      .all(this.#lastEntry);
    const news = rows.map(entryOf);
    if (news.length === 0) return;
    this.#lastEntry = news.at(-1)?.id ?? this.#lastEntry;
    this.#entries.push(...news);
    this.#found.onEntries(news);
    if (news.length === shownEntries) this.#readEntries(database);
  }
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function jobOf(row: Row, before: JobView | undefined): JobView {
  const state = String(row['state']);
  const path = before?.path ?? [];
  return {
    id: String(row['id']),
    guildId: textOrNull(row['guild_id']),
    channelId: String(row['channel_id']),
    userId: String(row['user_id']),
    action: String(row['action']),
    words: wordsOf(row['inputs']),
    state,
    percent: percentOf(row['status']),
    taskId: textOrNull(row['task_id']),
    hold: String(row['hold']),
    delivery: String(row['delivery']),
    price: Number(row['price']),
    messageId: textOrNull(row['message_id']),
    createdAt: Number(row['created_at']),
    finishedAt: row['finished_at'] === null ? null : Number(row['finished_at']),
    path: path.at(-1)?.state === state ? path : [...path, { state, at: Date.now() }],
  };
}

function entryOf(row: Row): EntryView {
  return {
    id: Number(row['id']),
    at: Number(row['at']),
    account: String(row['account_id']),
    kind: String(row['kind']),
    credits: Number(row['credits']),
    jobId: textOrNull(row['job_id']),
    reason: textOrNull(row['reason']) ?? '',
  };
}

function wordsOf(inputs: unknown): string {
  const parsed = parsedObject(inputs);
  const words = [parsed['title'], parsed['prompt'], parsed['style'], parsed['lyrics']].find(
    (value) => typeof value === 'string',
  );
  return (words ?? '').slice(0, shownWords);
}

function percentOf(status: unknown): number | null {
  const { percent } = parsedObject(status);
  return typeof percent === 'number' ? percent : null;
}

function parsedObject(json: unknown): Record<string, unknown> {
  const value: unknown = JSON.parse(String(json));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
