/**
 * What admins and operators do at the till: each change is one transaction with the entry that says who did it, and is
 * told in the server's audit channel.
 */
import type { Account, Entry } from '../../domain/account.ts';
import type { Allowance, Standing } from '../../domain/quota.ts';
import { moved } from '../../domain/quota.ts';
import { checkTimeZone, type Period } from '../../domain/period.ts';
import type { Clock } from '../clock.ts';
import type { Storage } from '../storage/database.ts';
import type { LedgerTable } from '../storage/ledger-table.ts';
import type { Till } from './till.ts';

/** A person who acts in a server. */
export interface Actor {
  userId: string;
  guildId: string;
}

export interface StewardOptions {
  storage: Pick<Storage, 'db'>;
  ledger: LedgerTable;
  till: Till;
  clock: Clock;
  /** The gateway's units that make a dollar; undefined: no dollar figures. */
  unitsPerUsd: number | undefined;
  /** Tells a server's audit channel what was done; never throws. */
  onChange: (guildId: string, entry: Entry) => void;
}

export interface GuildReport {
  account: Account;
  standing: Standing;
  /** Unix ms at which the credits end at this pace; null where they last. */
  endsAt: number | null;
  /** What the gateway charged for the period's songs; usd null where no ratio is configured. */
  charged: { songs: number; units: number; usd: number | null };
  usage: { userId: string; name: string; action: string; at: number; credits: number }[];
}

export class Steward {
  readonly #options: StewardOptions;

  constructor(options: StewardOptions) {
    this.#options = options;
  }

  setGuild(actor: Actor, allowance: Allowance): Promise<Account> {
    return this.#change(
      actor,
      null,
      (account) => ({ ...account, allowance }),
      this.#entry('allowance', actor, allowance),
    );
  }

  setUser(actor: Actor, userId: string, allowance: Allowance | null): Promise<Account> {
    return this.#change(
      actor,
      userId,
      (account) => ({ ...account, allowance }),
      this.#entry('allowance', actor, allowance),
    );
  }

  /** A server's own id as role is @everyone: the default of its members. */
  async setRole(actor: Actor, roleId: string, allowance: Allowance | null): Promise<void> {
    const { storage, ledger, clock } = this.#options;
    const entry: Entry = {
      at: clock.now(),
      accountId: `role:${actor.guildId}:${roleId}`,
      guildId: actor.guildId,
      jobId: null,
      action: null,
      ...this.#entry('role', actor, allowance),
    };
    await storage.db.transaction().execute(async (transaction) => {
      await ledger.setRole(transaction, actor.guildId, roleId, allowance);
      await ledger.add(transaction, entry);
    });
    this.#options.onChange(actor.guildId, entry);
  }

  /** Credits on top until the member's period ends. */
  grant(actor: Actor, userId: string, credits: number): Promise<Account> {
    const grant = (account: Account): Account => ({
      ...account,
      balance: moved(account.balance, { is: 'grant', credits }),
    });
    return this.#change(actor, userId, grant, { kind: 'grant', credits, actorId: actor.userId, reason: '' });
  }

  reset(actor: Actor, userId: string): Promise<Account> {
    const reset = (account: Account): Account => ({
      ...account,
      balance: moved(account.balance, { is: 'reset' }),
    });
    return this.#change(actor, userId, reset, {
      kind: 'reset',
      credits: 0,
      actorId: actor.userId,
      reason: '',
    });
  }

  pause(actor: Actor, paused: boolean): Promise<Account> {
    const kind = paused ? 'pause' : 'resume';
    return this.#change(actor, null, (account) => ({ ...account, paused }), {
      kind,
      credits: 0,
      actorId: actor.userId,
      reason: '',
    });
  }

  /** When the server's days, weeks and months begin; throws `RangeError` for a zone that isn't one. */
  setTimeZone(actor: Actor, timeZone: string): Promise<Account> {
    checkTimeZone(timeZone);
    return this.#change(actor, null, (account) => ({ ...account, timeZone }), {
      kind: 'time-zone',
      credits: 0,
      actorId: actor.userId,
      reason: timeZone,
    });
  }

  async timeZoneOf(guildId: string): Promise<string> {
    return (await this.#options.till.guildAccount(this.#options.storage.db, guildId)).timeZone;
  }

  /** For the operator: what a server's admins can't go beyond. Null: the default. */
  setCeiling(actor: Actor, ceiling: Allowance | null): Promise<Account> {
    return this.#change(
      actor,
      null,
      (account) => ({ ...account, ceiling }),
      this.#entry('ceiling', actor, ceiling),
    );
  }

  grantGuild(actor: Actor, credits: number): Promise<Account> {
    const grant = (account: Account): Account => ({
      ...account,
      balance: moved(account.balance, { is: 'grant', credits }),
    });
    return this.#change(actor, null, grant, {
      kind: 'grant',
      credits,
      actorId: actor.userId,
      reason: 'operator',
    });
  }

  blockGuild(actor: Actor, blocked: boolean): Promise<Account> {
    const kind = blocked ? 'block' : 'unblock';
    return this.#change(actor, null, (account) => ({ ...account, blocked }), {
      kind,
      credits: 0,
      actorId: actor.userId,
      reason: 'operator',
    });
  }

  /** A person, wherever they are. */
  async blockPerson(actorId: string, userId: string, blocked: boolean): Promise<void> {
    const { storage, till } = this.#options;
    const kind = blocked ? 'block' : 'unblock';
    const entry = { kind, credits: 0, actorId, reason: 'operator' } as const;
    await storage.db
      .transaction()
      .execute((transaction) =>
        till.change(transaction, { guildId: null, userId }, (account) => ({ ...account, blocked }), entry),
      );
  }

  audit(guildId: string, limit: number): Promise<Entry[]> {
    return this.#options.ledger.changes(this.#options.storage.db, guildId, limit);
  }

  async report(guildId: string): Promise<GuildReport> {
    const { storage, ledger, till, unitsPerUsd } = this.#options;
    const account = await till.guildAccount(storage.db, guildId);
    const standing = till.guildStanding(account);
    const from = account.balance.since[standing.allowance.period];
    const [usage, names, charges] = await Promise.all([
      ledger.usage(storage.db, guildId, from),
      ledger.names(storage.db, guildId),
      ledger.charges(storage.db, guildId, from),
    ]);
    return {
      account,
      standing,
      endsAt: till.forecast(account),
      charged: { ...charges, usd: unitsPerUsd === undefined ? null : charges.units / unitsPerUsd },
      usage: usage.map(({ userId, ...row }) => ({
        ...row,
        userId: userId ?? '',
        name: names.get(userId ?? '') ?? '',
      })),
    };
  }

  /** The servers that used most this month, for the operator. */
  async totals(
    limit: number,
  ): Promise<{ guilds: { account: Account; standing: Standing }[]; count: number }> {
    const { storage, ledger, till } = this.#options;
    const accounts = await ledger.guilds(storage.db, limit);
    return {
      count: await ledger.guildCount(storage.db),
      guilds: accounts.map((account) => ({ account, standing: till.guildStanding(account) })),
    };
  }

  async #change(
    actor: Actor,
    userId: string | null,
    change: (account: Account) => Account,
    entry: Pick<Entry, 'kind' | 'credits' | 'actorId' | 'reason'>,
  ): Promise<Account> {
    const { storage, till, clock, onChange } = this.#options;
    const { guildId } = actor;
    const after = await storage.db
      .transaction()
      .execute((transaction) => till.change(transaction, { guildId, userId }, change, entry));
    onChange(guildId, { at: clock.now(), accountId: after.id, guildId, jobId: null, action: null, ...entry });
    return after;
  }

  #entry(
    kind: Entry['kind'],
    actor: Actor,
    allowance: Allowance | null,
  ): Pick<Entry, 'kind' | 'credits' | 'actorId' | 'reason'> {
    const period: Period | 'default' = allowance?.period ?? 'default';
    return { kind, credits: allowance?.credits ?? 0, actorId: actor.userId, reason: period };
  }
}
