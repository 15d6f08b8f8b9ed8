import type { Account, EntryKind } from '../../src/domain/account.ts';
import { guildAccountId, memberAccountId } from '../../src/domain/account.ts';
import { isOver, type JobState } from '../../src/domain/job.ts';
import { periods, periodStart } from '../../src/domain/period.ts';
import { rolled } from '../../src/domain/quota.ts';
import type { Database } from '../../src/services/storage/database.ts';
import { LedgerTable } from '../../src/services/storage/ledger-table.ts';
import type { JobRow, LedgerEntryRow } from '../../src/services/storage/schema.ts';

type Line = Pick<LedgerEntryRow, 'at' | 'account_id' | 'kind' | 'credits' | 'job_id'>;
type HeldJob = Pick<JobRow, 'id' | 'guild_id' | 'user_id' | 'price' | 'hold' | 'state' | 'delivery'>;

export interface Books {
  accounts: Account[];
  /** In the order in which they were written. */
  lines: Line[];
  jobs: HeldJob[];
}

export async function readBooks(db: Database): Promise<Books> {
  const ledger = new LedgerTable('sqlite');
  const ids = await db.selectFrom('ledger_account').select('id').orderBy('id').execute();
  const accounts: Account[] = [];
  for (const { id } of ids) {
    const account = await ledger.find(db, id);
    if (account !== undefined) accounts.push(account);
  }
  return {
    accounts,
    lines: await db
      .selectFrom('ledger_entry')
      .select(['at', 'account_id', 'kind', 'credits', 'job_id'])
      .orderBy('id')
      .execute(),
    jobs: await db
      .selectFrom('job')
      .select(['id', 'guild_id', 'user_id', 'price', 'hold', 'state', 'delivery'])
      .execute(),
  };
}

/** Every contradiction in the books, in words; none is how it must be. `atRest`: nothing is left to recover. */
export function contradictions({ accounts, lines, jobs }: Books, now: number, atRest: boolean): string[] {
  const found: string[] = [];
  const say = (id: string, what: string, is: unknown, shouldBe: unknown): void => {
    if (is !== shouldBe) found.push(`${id}: ${what} is ${String(is)} and should be ${String(shouldBe)}`);
  };
  const zones = new Map(accounts.map((account) => [account.id, account.timeZone]));
  const linesOf = Map.groupBy(lines, (line) => line.account_id);
  for (const account of accounts) {
    const own = linesOf.get(account.id) ?? [];
    const sum = (kind: EntryKind, among = own): number =>
      among.reduce((total, line) => total + (line.kind === kind ? line.credits : 0), 0);
    say(account.id, 'reserved', account.balance.reserved, sum('hold') - sum('settle') - sum('release'));
    const zone = account.guildId === null ? 'UTC' : zones.get(guildAccountId(account.guildId));
    const balance = rolled(account.balance, now, zone ?? 'UTC');
    const sinceReset = own.slice(own.findLastIndex((line) => line.kind === 'reset') + 1);
    for (const period of periods) {
      const inPeriod = sinceReset.filter((line) => line.at >= periodStart(now, period, zone ?? 'UTC'));
      const used = sum('settle', inPeriod) - sum('grant', inPeriod);
      say(account.id, `used in the ${period}`, balance.used[period], used);
    }
  }
  const known = new Set(jobs.map((job) => job.id));
  const linesAbout = Map.groupBy(lines, (line) => line.job_id);
  for (const id of linesAbout.keys()) if (id !== null && !known.has(id)) found.push(`${id}: no such job`);
  for (const job of jobs) {
    const own = linesAbout.get(job.id) ?? [];
    const pockets = [memberAccountId(job.guild_id, job.user_id)];
    if (job.guild_id !== null) pockets.push(guildAccountId(job.guild_id));
    for (const pocket of pockets) {
      const kinds = own.filter((line) => line.account_id === pocket).map((line) => line.kind);
      say(job.id, `what ${pocket} saw`, kinds.join(), expectedKinds[job.hold]);
    }
    if (own.some((line) => line.credits !== job.price || !pockets.includes(line.account_id)))
      found.push(`${job.id}: a line of another's`);
    const waits = job.state === 'succeeded' && job.delivery === 'pending' && !atRest;
    if (isOver(job.state as JobState) && !waits) say(job.id, 'held when over', job.hold === 'held', false);
  }
  return found;
}

/** A free job is entered, too, and never ends. */
const expectedKinds: Record<string, string> = {
  none: 'hold',
  held: 'hold',
  settled: 'hold,settle',
  released: 'hold,release',
};
