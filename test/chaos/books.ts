/** The bot's database seen from outside: no code of the product, only the file. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface JobRow {
  id: string;
  guild_id: string | null;
  user_id: string;
  interaction_id: string;
  inputs: string;
  private: number;
  price: number;
  hold: string;
  state: string;
  status: string;
  task_id: string | null;
  delivery: string;
  delivery_attempts: number;
  message_id: string | null;
  set_aside: number;
}

interface AccountRow {
  id: string;
  reserved: number;
  used_month: number;
  since_month: number;
}

interface EntryRow {
  at: number;
  account_id: string;
  kind: string;
  credits: number;
  job_id: string | null;
}

export interface Books {
  jobs: JobRow[];
  accounts: AccountRow[];
  entries: EntryRow[];
}

const over = new Set(['succeeded', 'failed', 'cancelled', 'lost', 'unconfirmed']);

export function readBooks(dataDir: string): Books {
  const database = new DatabaseSync(join(dataDir, 'minstrel.sqlite'), { readOnly: true });
  try {
    const all = (table: string): unknown[] => database.prepare(`select * from ${table}`).all();
    return {
      jobs: all('job') as JobRow[],
      accounts: all('ledger_account') as AccountRow[],
      entries: all('ledger_entry') as EntryRow[],
    };
  } finally {
    database.close();
  }
}

/** Nothing is under way any more: every job is over, and its card is out. */
export function isAtRest({ jobs }: Books): boolean {
  return jobs.every(({ state, delivery }) => over.has(state) && delivery !== 'pending');
}

/** What doesn't add up, in words: balances against entries, holds against jobs. Expects books at rest. */
export function offLedger({ jobs, accounts, entries }: Books): string[] {
  const sum = (account: AccountRow, kind: string, since = 0): number =>
    entries
      .filter((entry) => entry.account_id === account.id && entry.kind === kind && entry.at >= since)
      .reduce((total, entry) => total + entry.credits, 0);
  const accountsOff = accounts.flatMap((account) => {
    const held = sum(account, 'hold') - sum(account, 'settle') - sum(account, 'release');
    const used = sum(account, 'settle', account.since_month) - sum(account, 'grant', account.since_month);
    return [
      ...(account.reserved === held ? [] : [`${account.id}: reserved ${account.reserved}, entries ${held}`]),
      ...(account.reserved === 0 ? [] : [`${account.id}: ${account.reserved} credits are still held`]),
      ...(account.used_month === used
        ? []
        : [`${account.id}: used ${account.used_month}, entries say ${used}`]),
    ];
  });
  return [...accountsOff, ...jobs.flatMap((job) => offJob(job, entries))];
}

/** A job's credits are held once in each of its accounts, and leave each of them once, all in the same way. */
function offJob(job: JobRow, entries: readonly EntryRow[]): string[] {
  if (job.price === 0) return [];
  const own = entries.filter((entry) => entry.job_id === job.id);
  const accounts = job.guild_id === null ? 1 : 2;
  // A song that was given up and came after all is a gift.
  const isPaid = job.state === 'succeeded' && job.hold !== 'released';
  const fate = isPaid ? 'settle' : 'release';
  const seen = own.map(({ kind }) => kind).toSorted();
  const due = [...Array<string>(accounts).fill('hold'), ...Array<string>(accounts).fill(fate)];
  const problems: string[] = [];
  if (seen.join() !== due.join() || own.some(({ credits }) => credits !== job.price))
    problems.push(`job ${job.id} (${job.state}): entries ${seen.join(' ')}, due are ${due.join(' ')}`);
  if (job.hold !== `${fate}d`) problems.push(`job ${job.id} (${job.state}): its hold is ${job.hold}`);
  return problems;
}
