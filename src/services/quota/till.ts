/**
 * The till: who may spend how much, what is held, what was spent. Every movement is in one transaction with what
 * causes it, and is written twice: as the account's balance and as an entry that is never changed.
 */
import {
  guildAccountId,
  memberAccountId,
  personAccountId,
  type Account,
  type Entry,
} from '../../domain/account.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Job } from '../../domain/job-record.ts';
import {
  forecast,
  left,
  mostGenerous,
  moved,
  rolled,
  standing,
  tightest,
  type Allowance,
  type Movement,
  type Standing,
} from '../../domain/quota.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../storage/database.ts';
import type { LedgerTable, RoleAllowance } from '../storage/ledger-table.ts';

export interface TillOptions {
  ledger: LedgerTable;
  clock: Clock;
  defaults: { guild: Allowance; user: Allowance };
}

/** Who wants to spend, as Discord says it at this moment. */
export interface Spender {
  guildId: string | null;
  userId: string;
  userName: string;
  roleIds: readonly string[];
}

export interface Standings {
  member: Standing;
  /** Null outside servers. */
  guild: Standing | null;
  paused: boolean;
  /** Credits that can be spent now: the least of what member and server have left. */
  spendable: number;
}

/** A server has just crossed a line of its budget. */
export interface Alarm {
  guildId: string;
  percent: number;
  standing: Standing;
  /** Unix ms; null where the credits last at this pace. */
  endsAt: number | null;
}

/** Percentages at which a server's admins are told, once a period each. */
const alarmPercents = [80, 100];
/** Outside servers, and where no admin has said otherwise. */
const defaultTimeZone = 'UTC';

type Owner = Pick<Account, 'guildId' | 'userId'>;

export class Till {
  readonly #ledger: LedgerTable;
  readonly #clock: Clock;
  readonly #defaults: TillOptions['defaults'];

  constructor(options: TillOptions) {
    this.#ledger = options.ledger;
    this.#clock = options.clock;
    this.#defaults = options.defaults;
  }

  /**
   * Reserves a job's price, in the transaction that writes the job down. Throws `Refusal` when it can't be had; then
   * nothing is written. An alarm, where this hold crosses a line.
   */
  async hold(transaction: Connection, job: Job, spender: Spender): Promise<Alarm | null> {
    const { guild, member } = await this.#claimBoth(transaction, spender);
    // A person who is blocked is blocked everywhere.
    const person = await this.#ledger.find(transaction, personAccountId(spender.userId));
    if (person?.blocked || guild?.blocked) throw new Refusal({ is: 'blocked' });
    if (guild?.paused) throw new Refusal({ is: 'paused' });

    const roles = guild === null ? [] : await this.#ledger.roleAllowances(transaction, guild.guildId ?? '');
    this.#refuseAbove(job, member, this.#memberAllowance(member, roles, spender.roleIds), 'member');
    if (guild !== null) this.#refuseAbove(job, guild, this.#guildAllowance(guild), 'guild');

    const movement: Movement = { is: 'hold', credits: job.price };
    await this.#move(transaction, { ...member, name: spender.userName }, movement, job);
    return guild === null
      ? null
      : this.#raiseAlarm(transaction, await this.#move(transaction, guild, movement, job));
  }

  /** What a job's new state means for its hold: used up when delivered, given back when it came to nothing. Once. */
  async follow(transaction: Connection, job: Job): Promise<Job> {
    const fate = fateOf(job);
    if (job.hold !== 'held' || fate === null) return job;
    const { guild, member } = await this.#claimBoth(transaction, job);
    const movement: Movement = { is: fate, credits: job.price };
    await this.#move(transaction, member, movement, job);
    if (guild !== null) await this.#move(transaction, guild, movement, job);
    return { ...job, hold: fate === 'settle' ? 'settled' : 'released' };
  }

  /** What is used, held and left, as of now. Reads only. */
  async standings(
    connection: Connection,
    spender: Pick<Spender, 'guildId' | 'userId' | 'roleIds'>,
  ): Promise<Standings> {
    const { guildId, userId, roleIds } = spender;
    const guild = guildId === null ? null : await this.guildAccount(connection, guildId);
    const timeZone = guild?.timeZone ?? defaultTimeZone;
    const member = await this.#read(connection, { guildId, userId }, timeZone);
    const roles = guildId === null ? [] : await this.#ledger.roleAllowances(connection, guildId);
    const own = this.#standing(member, this.#memberAllowance(member, roles, roleIds), timeZone);
    const all = guild === null ? null : this.guildStanding(guild);
    return {
      member: own,
      guild: all,
      paused: guild?.paused ?? false,
      spendable: Math.min(own.left, all?.left ?? Number.POSITIVE_INFINITY),
    };
  }

  /** A server's account as of now; an empty one where nothing has happened yet. */
  guildAccount(connection: Connection, guildId: string): Promise<Account> {
    return this.#read(connection, { guildId, userId: null }, defaultTimeZone);
  }

  guildStanding(guild: Account): Standing {
    return this.#standing(guild, this.#guildAllowance(guild), guild.timeZone);
  }

  /** Unix ms at which a server's credits end at this pace; null where they last. */
  forecast(guild: Account): number | null {
    return forecast(this.guildStanding(guild), this.#clock.now(), guild.timeZone);
  }

  /** Changes an account by somebody's hand, with an entry that says who and why. */
  async change(
    transaction: Connection,
    owner: Owner,
    change: (account: Account) => Account,
    entry: Pick<Entry, 'kind' | 'credits' | 'actorId' | 'reason'>,
  ): Promise<Account> {
    const guild =
      owner.guildId === null ? undefined : await this.#claim(transaction, { ...owner, userId: null });
    const account =
      guild !== undefined && owner.userId === null
        ? guild
        : await this.#claim(transaction, owner, guild?.timeZone);
    const after = change(account);
    await this.#ledger.save(transaction, after);
    await this.#ledger.add(transaction, {
      at: this.#clock.now(),
      accountId: account.id,
      guildId: owner.guildId,
      jobId: null,
      action: null,
      ...entry,
    });
    return after;
  }

  /** Always the server first: two transactions that want both accounts never wait for each other. */
  async #claimBoth(
    transaction: Connection,
    { guildId, userId }: Pick<Spender, 'guildId' | 'userId'>,
  ): Promise<{ guild: Account | null; member: Account }> {
    const guild = guildId === null ? null : await this.#claim(transaction, { guildId, userId: null });
    return { guild, member: await this.#claim(transaction, { guildId, userId }, guild?.timeZone) };
  }

  /** The account as of now, for change. A server has its own time zone, its members' accounts go by it. */
  async #claim(transaction: Connection, owner: Owner, timeZone?: string): Promise<Account> {
    const now = this.#clock.now();
    const zone = timeZone ?? defaultTimeZone;
    const claimed = await this.#ledger.claim(transaction, { ...owner, id: idOf(owner) }, now, zone);
    const own = timeZone ?? claimed.timeZone;
    return { ...claimed, timeZone: own, balance: rolled(claimed.balance, now, own) };
  }

  async #read(connection: Connection, owner: Owner, timeZone: string): Promise<Account> {
    const now = this.#clock.now();
    const id = idOf(owner);
    const found = await this.#ledger.find(connection, id);
    if (found === undefined) return this.#ledger.empty({ ...owner, id }, now, timeZone);
    const zone = owner.userId === null ? found.timeZone : timeZone;
    return { ...found, balance: rolled(found.balance, now, zone) };
  }

  async #move(transaction: Connection, account: Account, movement: Movement, job: Job): Promise<Account> {
    const after = { ...account, balance: moved(account.balance, movement) };
    await this.#ledger.save(transaction, after);
    await this.#ledger.add(transaction, {
      at: this.#clock.now(),
      accountId: account.id,
      guildId: account.guildId,
      kind: movement.is,
      credits: job.price,
      jobId: job.id,
      action: job.action,
      actorId: movement.is === 'hold' ? job.userId : null,
      reason: job.status.state,
    });
    return after;
  }

  /**
   * The most generous of a member's own allowance, their roles' and the default. The default is what admins gave to
   * @everyone, a role whose id is the server's own.
   */
  #memberAllowance(member: Account, roles: readonly RoleAllowance[], roleIds: readonly string[]): Allowance {
    const everyone = roles.find(({ roleId }) => roleId === member.guildId)?.allowance;
    const own = member.allowance === null ? [] : [member.allowance];
    const theirs = roles.filter(({ roleId }) => roleIds.includes(roleId)).map(({ allowance }) => allowance);
    return mostGenerous(member.balance, [everyone ?? this.#defaults.user, ...own, ...theirs]);
  }

  /** A server's own allowance, under the operator's ceiling. */
  #guildAllowance(guild: Account): Allowance {
    const ceiling = guild.ceiling ?? this.#defaults.guild;
    return guild.allowance === null ? ceiling : tightest(guild.balance, [guild.allowance, ceiling]);
  }

  #refuseAbove(job: Job, account: Account, allowance: Allowance, whose: 'member' | 'guild'): void {
    if (job.price === 0 || left(account.balance, allowance) >= job.price) return;
    const now = this.#standing(account, allowance, account.timeZone);
    throw new Refusal({
      is: 'out-of-credits',
      whose,
      price: job.price,
      left: now.left,
      resetAt: new Date(now.resetAt),
    });
  }

  #standing(account: Account, allowance: Allowance, timeZone: string): Standing {
    return standing(account.balance, allowance, this.#clock.now(), timeZone);
  }

  /** The highest line that is crossed and hasn't been told in this period; remembered with the hold itself. */
  async #raiseAlarm(transaction: Connection, guild: Account): Promise<Alarm | null> {
    const allowance = this.#guildAllowance(guild);
    if (guild.guildId === null || allowance.credits === 0) return null;
    const since = guild.balance.since[allowance.period];
    const spent = guild.balance.used[allowance.period] + guild.balance.reserved;
    const percent = alarmPercents.findLast((line) => spent * 100 >= line * allowance.credits);
    const told = guild.alarm.since === since ? guild.alarm.percent : 0;
    if (percent === undefined || percent <= told) return null;
    await this.#ledger.save(transaction, { ...guild, alarm: { since, percent } });
    return {
      guildId: guild.guildId,
      percent,
      standing: this.guildStanding(guild),
      endsAt: this.forecast(guild),
    };
  }
}

function idOf({ guildId, userId }: Owner): string {
  return userId === null ? guildAccountId(guildId ?? '') : memberAccountId(guildId, userId);
}

function fateOf(job: Job): 'settle' | 'release' | null {
  switch (job.status.state) {
    case 'failed':
    case 'cancelled':
    case 'lost':
    case 'unconfirmed':
      return 'release';
    case 'succeeded':
      return job.delivery === 'pending' ? null : 'settle';
    default:
      return null;
  }
}
