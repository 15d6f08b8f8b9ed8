import type { Clock } from '../../src/services/clock.ts';
import type { Storage } from '../../src/services/storage/database.ts';
import { job, song } from './songs.ts';
import { tillHouse, type House } from './till-house.ts';

export const rushGuild = job(0).guildId;
/** How many songs of one credit the server can still pay for. */
export const creditsLeft = 100;
const members = 40;
export const memberOf = (n: number): string => `30000000000000${1000 + (n % members)}`;

export const rushHouse = (storage: Storage, clock: Clock): House =>
  tillHouse({
    storage,
    clock,
    defaults: { guild: { credits: 1_000, period: 'month' }, user: { credits: 400, period: 'day' } },
  });

/** Of the server's 300 credits 150 are used up and 50 are held. */
export async function beforeTheRush(house: House): Promise<void> {
  const { steward, jobs } = house;
  await steward.setGuild({ userId: '7', guildId: rushGuild ?? '' }, { credits: 300, period: 'month' });
  await house.request(job(901, { price: 150, notBefore: Number.MAX_SAFE_INTEGER }));
  await house.request(job(902, { price: 50, notBefore: Number.MAX_SAFE_INTEGER }));
  await jobs.update(job(901).id, (now) => ({
    ...now,
    status: { state: 'succeeded', taskId: 'task_901', result: song() },
    delivery: 'delivered',
  }));
}

/**
 * So many members' requests at one moment, the first with this number, of the interactions from `asOf` on. How often
 * which answer came.
 */
export async function rush(
  house: House,
  first: number,
  count: number,
  asOf = first,
): Promise<Record<string, number>> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      house
        .request(job(first + n, { userId: memberOf(n), card: job(asOf + n).card }))
        .catch((error: unknown) => `fault: ${String(error)}`),
    ),
  );
  return countOf(answers);
}

/** Gives up each of these jobs, three times over and all at once. How many were there to give up. */
export async function giveUp(house: House, ids: readonly string[]): Promise<Record<string, number>> {
  const answers = await Promise.all(
    [...ids, ...ids, ...ids].map((id) =>
      house.workshop.apply(id, { is: 'cancelled' }).then(
        (after) => after?.status.state ?? 'gone',
        (error: unknown) => `fault: ${String(error)}`,
      ),
    ),
  );
  return countOf(answers);
}

const countOf = (answers: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(answers, (answer) => answer)].map(([word, all]) => [word, all.length]));
