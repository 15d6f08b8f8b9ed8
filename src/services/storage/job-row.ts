/** A job as a row and back; what comes back is validated, a row is as foreign as anything else outside. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ActionKey } from '../../domain/actions.ts';
import { jobStatusSchema } from '../../domain/job.ts';
import type { Job } from '../../domain/job-record.ts';
import { songInputsSchema } from '../../domain/song.ts';
import type { JobRow } from './schema.ts';

const deliverySchema = z.enum(['pending', 'delivered', 'undeliverable']);
const holdSchema = z.enum(['none', 'held', 'settled', 'released']);
export const actionKeySchema = z.custom<ActionKey>(
  (value) => typeof value === 'string' && /^\w+\/\w+$/.test(value),
);
const nextSchema = z.object({ action: actionKeySchema, inputs: songInputsSchema });

/** Rows from before there were results of several kinds hold the clips themselves. */
function sinceResults(status: unknown): unknown {
  const old = z.object({ state: z.literal('succeeded'), taskId: z.string(), clips: z.array(z.unknown()) });
  const parsed = old.safeParse(status);
  if (!parsed.success) return status;
  const { clips, ...rest } = parsed.data;
  return { ...rest, result: { is: 'clips', clips } };
}

export function toRow(job: Job): JobRow {
  return {
    id: job.id,
    guild_id: job.guildId,
    channel_id: job.channelId,
    user_id: job.userId,
    locale: job.locale,
    action: job.action,
    inputs: JSON.stringify(job.inputs),
    next: job.next === null ? null : JSON.stringify(job.next),
    parents: JSON.stringify(job.parents),
    subject: job.subject,
    private: job.private ? 1 : 0,
    price: job.price,
    hold: job.hold,
    created_at: job.createdAt,
    state: job.status.state,
    task_id: 'taskId' in job.status ? job.status.taskId : null,
    status: JSON.stringify(job.status),
    submitted_at: job.submittedAt,
    finished_at: job.finishedAt,
    not_before: job.notBefore,
    next_poll_at: job.nextPollAt,
    missing_since: job.missingSince,
    charge: job.charge,
    charged_before: job.chargedBefore,
    interaction_id: job.card.interactionId,
    application_id: job.card.applicationId,
    token: job.card.token,
    token_until: job.card.tokenUntil,
    message_id: job.card.messageId,
    attachment_limit: job.card.attachmentLimit,
    delivery: job.delivery,
    delivery_attempts: job.deliveryAttempts,
    next_delivery_at: job.nextDeliveryAt,
    erased: 0,
    set_aside: 0,
  };
}

/** Throws where the row isn't what `toRow` writes. */
export function fromRow(row: Selectable<JobRow>): Job {
  return {
    id: row.id,
    guildId: row.guild_id,
    channelId: row.channel_id,
    userId: row.user_id,
    locale: row.locale,
    action: actionKeySchema.parse(row.action),
    inputs: songInputsSchema.parse(JSON.parse(row.inputs)),
    next: row.next === null ? null : nextSchema.parse(JSON.parse(row.next)),
    parents: z.array(z.string()).parse(JSON.parse(row.parents)),
    subject: row.subject,
    private: row.private === 1,
    price: row.price,
    hold: holdSchema.parse(row.hold),
    createdAt: row.created_at,
    status: jobStatusSchema.parse(sinceResults(JSON.parse(row.status))),
    submittedAt: row.submitted_at,
    finishedAt: row.finished_at,
    notBefore: row.not_before,
    nextPollAt: row.next_poll_at,
    missingSince: row.missing_since,
    charge: row.charge,
    chargedBefore: row.charged_before,
    card: {
      interactionId: row.interaction_id,
      applicationId: row.application_id,
      token: row.token,
      tokenUntil: row.token_until,
      messageId: row.message_id,
      attachmentLimit: row.attachment_limit,
    },
    delivery: deliverySchema.parse(row.delivery),
    deliveryAttempts: row.delivery_attempts,
    nextDeliveryAt: row.next_delivery_at,
  };
}
