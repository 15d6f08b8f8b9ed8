import type { Catalogue } from '../../domain/actions.ts';
import { newJobId } from '../../domain/ids.ts';
import type { Job } from '../../domain/job-record.ts';
import { priceOf, type SongOrder } from '../../domain/song-order.ts';
import type { Visit } from '../visit.ts';

/** Discord's 15 minutes less a margin for clocks and slow lines. */
const tokenLifeMs = 14 * 60_000;

/** A job as it is written down first: nothing has been asked of the song API yet. */
export function newJob(visit: Visit, order: SongOrder, catalogue: Catalogue, isPrivate: boolean): Job {
  return {
    id: newJobId(),
    guildId: visit.guildId,
    channelId: visit.channelId,
    userId: visit.userId,
    locale: isPrivate || visit.guildId === null ? visit.locale : visit.guildLocale,
    action: order.action,
    inputs: order.inputs,
    next: order.next ?? null,
    parents: order.parents ?? [],
    subject: order.subject ?? null,
    private: isPrivate,
    price: priceOf(catalogue, order),
    hold: 'none',
    createdAt: visit.receivedAt,
    status: { state: 'queued' },
    submittedAt: null,
    finishedAt: null,
    notBefore: 0,
    nextPollAt: null,
    missingSince: null,
    charge: null,
    chargedBefore: 0,
    card: {
      interactionId: visit.id,
      applicationId: visit.applicationId,
      token: visit.token,
      tokenUntil: visit.receivedAt + tokenLifeMs,
      messageId: null,
      attachmentLimit: visit.attachmentLimit,
    },
    delivery: 'pending',
    deliveryAttempts: 0,
    nextDeliveryAt: 0,
  };
}
