/** The tables of the till: accounts, allowances of roles, and the entries, which are only ever added to. */
import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import type { Account, Entry } from '../../domain/account.ts';
import { emptyBalance, type Allowance } from '../../domain/quota.ts';
import { periods } from '../../domain/period.ts';
import type { Connection } from './database.ts';
import type { LedgerAccountRow } from './schema.ts';

export interface RoleAllowance {
  roleId: string;
  allowance: Allowance;
}

export interface UsageRow {
  at: number;
  userId: string | null;
  action: string;
  credits: number;
}

const periodSchema = z.enum(periods);

export class LedgerTable {
  readonly #lockRows: boolean;

  constructor(engine: 'sqlite' | 'postgres') {
    // SQLite's transactions are alone by nature (begin immediate).
    this.#lockRows = engine === 'postgres';
  }

  /** Reads an account for change: until the transaction ends nobody else gets it. Made empty where there is none. */
  async claim(
    connection: Connection,
    who: Pick<Account, 'id' | 'guildId' | 'userId'>,
    now: number,
    timeZone: string,
  ): Promise<Account> {
    await connection
      .insertInto('ledger_account')
      .values(toRow(this.empty(who, now, timeZone)))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const query = connection.selectFrom('ledger_account').selectAll().where('id', '=', who.id);
    const row = await (this.#lockRows ? query.forUpdate() : query).executeTakeFirstOrThrow();
    return fromRow(row);
  }

  /** An account in which nothing has happened yet. */
  empty(who: Pick<Account, 'id' | 'guildId' | 'userId'>, now: number, timeZone: string): Account {
    return {
      ...who,
      name: '',
      balance: emptyBalance(now, timeZone),
      allowance: null,
      ceiling: null,
      timeZone,
      paused: false,
      blocked: false,
      alarm: { since: 0, percent: 0 },
    };
  }

  async find(connection: Connection, id: string): Promise<Account | undefined> {
    const row = await connection
      .selectFrom('ledger_account')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? undefined : fromRow(row);
  }

  async save(connection: Connection, account: Account): Promise<void> {
    const { id, ...columns } = toRow(account);
    await connection.updateTable('ledger_account').set(columns).where('id', '=', id).execute();
  }

  async add(connection: Connection, entry: Entry): Promise<void> {
    await connection
      .insertInto('ledger_entry')
      .values({
        at: entry.at,
        account_id: entry.accountId,
        guild_id: entry.guildId,
        kind: entry.kind,
        credits: entry.credits,
        job_id: entry.jobId,
        action: entry.action,
        actor_id: entry.actorId,
        reason: entry.reason,
      })
      .execute();
  }

  async roleAllowances(connection: Connection, guildId: string): Promise<RoleAllowance[]> {
    const rows = await connection
      .selectFrom('role_allowance')
      .selectAll()
      .where('guild_id', '=', guildId)
      .execute();
    return rows.map((row) => ({
      roleId: row.role_id,
      allowance: { credits: row.credits, period: periodSchema.parse(row.period) },
    }));
  }

  /** `allowance` null: the role has none of its own any more. */
  async setRole(
    connection: Connection,
    guildId: string,
    roleId: string,
    allowance: Allowance | null,
  ): Promise<void> {
    await connection
      .deleteFrom('role_allowance')
      .where('guild_id', '=', guildId)
      .where('role_id', '=', roleId)
      .execute();
    if (allowance === null) return;
    await connection
      .insertInto('role_allowance')
      .values({ guild_id: guildId, role_id: roleId, ...allowance })
      .execute();
  }

  /** What admins and operators did in a server, newest first: holds and their ends are left out. */
  async changes(connection: Connection, guildId: string, limit: number): Promise<Entry[]> {
    const rows = await connection
      .selectFrom('ledger_entry')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('kind', 'not in', ['hold', 'settle', 'release'])
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      at: row.at,
      accountId: row.account_id,
      guildId: row.guild_id,
      kind: row.kind as Entry['kind'],
      credits: row.credits,
      jobId: row.job_id,
      action: row.action,
      actorId: row.actor_id,
      reason: row.reason,
    }));
  }

  /** Settled credits of members since `from`, one row per member, action and hour (of Unix time). */
  async usage(connection: Connection, guildId: string, from: number): Promise<UsageRow[]> {
    const hour = sql<number>`(at / 3600000) * 3600000`;
    const rows = await connection
      .selectFrom('ledger_entry as entry')
      .innerJoin('ledger_account as account', 'account.id', 'entry.account_id')
      .where('entry.guild_id', '=', guildId)
      .where('entry.kind', '=', 'settle')
      .where('entry.at', '>=', from)
      .where('account.user_id', 'is not', null)
      .select([hour.as('hour'), 'account.user_id', 'entry.action'])
      .select((row) => row.fn.sum<number | string>('entry.credits').as('credits'))
      .groupBy([hour, 'account.user_id', 'entry.action'])
      .execute();
    return rows.map((row) => ({
      at: row.hour,
      userId: row.user_id,
      action: row.action ?? '',
      credits: Number(row.credits),
    }));
  }

  /** What the gateway itself charged for a server's songs since `from`, in its units. */
  async charges(
    connection: Connection,
    guildId: string | null,
    from: number,
  ): Promise<{ songs: number; units: number }> {
    const row = await connection
      .selectFrom('job')
      .where('created_at', '>=', from)
      .where('charge', 'is not', null)
      .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
      .select((job) => [
        job.fn.countAll<number | string>().as('songs'),
        job.fn.sum<number | string>('charge').as('units'),
      ])
      .executeTakeFirst();
    return { songs: Number(row?.songs ?? 0), units: Number(row?.units ?? 0) };
  }

  async names(connection: Connection, guildId: string): Promise<Map<string, string>> {
    const rows = await connection
      .selectFrom('ledger_account')
      .select(['user_id', 'name'])
      .where('guild_id', '=', guildId)
      .where('user_id', 'is not', null)
      .execute();
    return new Map(rows.map((row) => [row.user_id ?? '', row.name]));
  }

  /** Servers with the most used this month first. */
  async guilds(connection: Connection, limit: number): Promise<Account[]> {
    const rows = await connection
      .selectFrom('ledger_account')
      .selectAll()
      .where('guild_id', 'is not', null)
      .where('user_id', 'is', null)
      .orderBy('used_month', 'desc')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  async guildCount(connection: Connection): Promise<number> {
    const row = await connection
      .selectFrom('ledger_account')
      .where('guild_id', 'is not', null)
      .where('user_id', 'is', null)
      .select((account) => account.fn.countAll<number | string>().as('count'))
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }
}

function toRow(account: Account): LedgerAccountRow {
  const { balance, allowance, ceiling, alarm } = account;
  return {
    id: account.id,
    guild_id: account.guildId,
    user_id: account.userId,
    name: account.name,
    reserved: balance.reserved,
    used_day: balance.used.day,
    used_week: balance.used.week,
    used_month: balance.used.month,
    since_day: balance.since.day,
    since_week: balance.since.week,
    since_month: balance.since.month,
    allowance_credits: allowance?.credits ?? null,
    allowance_period: allowance?.period ?? null,
    ceiling_credits: ceiling?.credits ?? null,
    ceiling_period: ceiling?.period ?? null,
    time_zone: account.timeZone,
    paused: account.paused ? 1 : 0,
    blocked: account.blocked ? 1 : 0,
    alarm_since: alarm.since,
    alarm_percent: alarm.percent,
  };
}

function fromRow(row: Selectable<LedgerAccountRow>): Account {
  return {
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    name: row.name,
    balance: {
      reserved: row.reserved,
      used: { day: row.used_day, week: row.used_week, month: row.used_month },
      since: { day: row.since_day, week: row.since_week, month: row.since_month },
    },
    allowance: allowanceOf(row.allowance_credits, row.allowance_period),
    ceiling: allowanceOf(row.ceiling_credits, row.ceiling_period),
    timeZone: row.time_zone,
    paused: row.paused === 1,
    blocked: row.blocked === 1,
    alarm: { since: row.alarm_since, percent: row.alarm_percent },
  };
}

function allowanceOf(credits: number | null, period: string | null): Allowance | null {
  return credits === null || period === null ? null : { credits, period: periodSchema.parse(period) };
}
