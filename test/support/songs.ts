import type { TaskSnapshot } from '../../src/domain/job.ts';
import type { Job } from '../../src/domain/job-record.ts';
import { clipsIn, type Result } from '../../src/domain/result.ts';
import type { Clip } from '../../src/domain/song.ts';
import { resultOf } from '../../src/services/song-api/result-of.ts';
import type { TaskRecord } from '../../src/services/song-api/wire.ts';

export const clip = (more: Partial<Clip> = {}): Clip => ({
  clipId: 'clip-1',
  title: 'Weekend Morning',
  style: 'warm acoustic pop',
  lyrics: 'sunlight on the window',
  audioUrl: 'https://media.example/clips/1.m4a',
  imageUrl: null,
  model: 'FUZZ-2.0',
  seed: null,
  seconds: null,
  ...more,
});

/** What a finished song's task has brought. */
export const song = (...clips: Clip[]): Result => ({
  is: 'clips',
  clips: clips.length === 0 ? [clip()] : clips,
});

/** A record read by somebody who waits for a song. */
export function withClips({ payload, ...news }: TaskRecord): Omit<TaskRecord, 'payload'> & { clips: Clip[] } {
  const result = payload === undefined ? null : resultOf(payload, 'clips');
  return { ...news, clips: clipsIn(result ?? undefined) };
}

export const snapshot = (more: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
  taskId: 'task_1',
  phase: 'running',
  percent: null,
  result: null,
  failReason: null,
  updatedAt: 0,
  charge: null,
  ...more,
});

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The nth job id: valid, and different for each n below 31^4. */
export function jobId(n: number): string {
  const digits = Array.from({ length: 4 }, (_, place) => letters[Math.floor(n / 31 ** place) % 31]);
  return `testrack${digits.join('')}`;
}

/** A queued job as a command writes it down; the nth has ids of its own. */
export function job(n: number, more: Partial<Job> = {}): Job {
  return {
    id: jobId(n),
    guildId: '100000000000000001',
    channelId: '200000000000000002',
    userId: '300000000000000003',
    locale: 'en-GB',
    action: 'producer/MUSIC',
    inputs: { prompt: `song ${n}` },
    next: null,
    parents: [],
    subject: null,
    private: false,
    price: 1,
    hold: 'none',
    createdAt: 1_773_385_820_000 + n,
    status: { state: 'queued' },
    submittedAt: null,
    finishedAt: null,
    notBefore: 0,
    nextPollAt: null,
    missingSince: null,
    charge: null,
    chargedBefore: 0,
    card: {
      interactionId: String(400_000_000_000_000_000n + BigInt(n)),
      applicationId: '500000000000000005',
      token: `token-${n}`,
      tokenUntil: 1_773_386_000_000,
      messageId: null,
      attachmentLimit: 10_485_760,
    },
    delivery: 'pending',
    deliveryAttempts: 0,
    nextDeliveryAt: 0,
    ...more,
  };
}
