import { guildAccountId, memberAccountId, personAccountId } from '../../src/domain/account.ts';
import { isOver, transition, type JobEvent } from '../../src/domain/job.ts';
import type { Job } from '../../src/domain/job-record.ts';
import { periodStart, type Period } from '../../src/domain/period.ts';
import type { Allowance } from '../../src/domain/quota.ts';

export interface Pocket {
  reserved: number;
  /** Settled is more, granted is less; a reset forgets them all. */
  spent: { at: number; credits: number }[];
  allowance: Allowance | null;
  ceiling: Allowance | null;
  paused: boolean;
  blocked: boolean;
}
export type ModelJob = Pick<
  Job,
  'id' | 'guildId' | 'userId' | 'price' | 'hold' | 'status' | 'delivery' | 'createdAt'
>;

/** What the till should do, in the simplest way: no balances, only lists that are added up for each question. */
export class TillModel {
  now = 0;
  readonly zones: ReadonlyMap<string, string>;
  readonly defaults: { guild: Allowance; user: Allowance };
  pockets = new Map<string, Pocket>();
  /** By server and role. */
  roles = new Map<string, Allowance>();
  jobs = new Map<string, ModelJob>();
  interactions = new Set<string>();

  constructor(zones: ReadonlyMap<string, string>, defaults: { guild: Allowance; user: Allowance }) {
    this.zones = zones;
    this.defaults = defaults;
  }

  copy(): TillModel {
    const copy = new TillModel(this.zones, this.defaults);
    copy.now = this.now;
    for (const [id, pocket] of this.pockets) copy.pockets.set(id, { ...pocket, spent: [...pocket.spent] });
    for (const [id, job] of this.jobs) copy.jobs.set(id, { ...job });
    copy.roles = new Map(this.roles);
    copy.interactions = new Set(this.interactions);
    return copy;
  }

  pocket(id: string): Pocket {
    const empty = { reserved: 0, spent: [], allowance: null, ceiling: null, paused: false, blocked: false };
    const pocket = this.pockets.get(id) ?? empty;
    this.pockets.set(id, pocket);
    return pocket;
  }

  used(id: string, period: Period): number {
    const zone = this.zones.get(id.split(':')[1] ?? '') ?? 'UTC';
    const start = periodStart(this.now, period, zone);
    return this.pocket(id).spent.reduce((sum, { at, credits }) => sum + (at >= start ? credits : 0), 0);
  }

  affords(id: string, allowance: Allowance, price: number): boolean {
    return this.used(id, allowance.period) + this.pocket(id).reserved + price <= allowance.credits;
  }

  request(job: Job, roleIds: readonly string[]): string {
    const { guildId, userId, price } = job;
    if (this.interactions.has(job.card.interactionId)) return 'again';
    const member = memberAccountId(guildId, userId);
    const server = guildId === null ? undefined : this.pocket(guildAccountId(guildId));
    if (this.pocket(personAccountId(userId)).blocked || server?.blocked) return 'blocked';
    if (server?.paused) return 'paused';
    const role = (roleId: string | null): Allowance[] => {
      const allowance = this.roles.get(`${guildId} ${roleId}`);
      return allowance === undefined ? [] : [allowance];
    };
    const [everyone = this.defaults.user] = role(guildId);
    const own = this.pocket(member).allowance ?? [];
    const any = [everyone, ...roleIds.flatMap(role)].concat(own);
    if (!any.some((allowance) => this.affords(member, allowance, price))) return 'member is out of credits';
    const caps = [server?.ceiling ?? this.defaults.guild].concat(server?.allowance ?? []);
    const broke = guildId !== null && !caps.every((cap) => this.affords(guildAccountId(guildId), cap, price));
    if (broke) return 'guild is out of credits';
    for (const pocket of this.pocketsOf(job)) pocket.reserved += price;
    this.interactions.add(job.card.interactionId);
    this.jobs.set(job.id, { ...job, hold: price === 0 ? 'none' : 'held' });
    return 'held';
  }

  pocketsOf({ guildId, userId }: Pick<ModelJob, 'guildId' | 'userId'>): Pocket[] {
    const member = this.pocket(memberAccountId(guildId, userId));
    return guildId === null ? [member] : [member, this.pocket(guildAccountId(guildId))];
  }

  /** Throws `IllegalTransition`, as the workshop does. */
  apply(id: string, event: JobEvent): string {
    const job = this.jobs.get(id)!;
    const taskId = 'taskId' in job.status ? job.status.taskId : undefined;
    // News of another task is none.
    if (event.is === 'snapshot' && event.snapshot.taskId !== taskId) return job.status.state;
    const status = transition(job.status, event);
    if (status === job.status) return job.status.state;
    const reopened = job.status.state === 'lost' || job.status.state === 'unconfirmed';
    if (reopened || (isOver(status.state) && !isOver(job.status.state))) job.delivery = 'pending';
    job.status = status;
    this.#pay(job);
    return status.state;
  }

  deliver(id: string, delivery: Job['delivery']): void {
    const job = this.jobs.get(id)!;
    job.delivery = delivery;
    this.#pay(job);
  }

  #pay(job: ModelJob): void {
    const { state } = job.status;
    const made = state === 'succeeded' && job.delivery !== 'pending';
    const failed = ['failed', 'cancelled', 'lost', 'unconfirmed'].includes(state);
    if (job.hold !== 'held' || !(made || failed)) return;
    job.hold = made ? 'settled' : 'released';
    for (const pocket of this.pocketsOf(job)) {
      pocket.reserved -= job.price;
      if (made) pocket.spent.push({ at: this.now, credits: job.price });
    }
  }
}
