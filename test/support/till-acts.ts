import type { SeededRandom } from '../../playground/song-api/seeded-random.ts';
import { guildAccountId, memberAccountId, personAccountId } from '../../src/domain/account.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { IllegalTransition, isOver, type JobEvent } from '../../src/domain/job.ts';
import type { Delivery } from '../../src/domain/job-record.ts';
import { periods } from '../../src/domain/period.ts';
import type { Allowance } from '../../src/domain/quota.ts';
import { job, snapshot, song } from './songs.ts';
import { longestWaitMs, wordOf, type House } from './till-house.ts';
import type { ModelJob, TillModel } from './till-model.ts';

/** Something that happens at the till, for real and in the model. Both say in a word what came of it. */
export interface Act {
  name: string;
  real: (house: House) => Promise<string>;
  model: (model: TillModel) => string;
}

export const guildIds = [1, 2, 3, 4].map((n) => `10000000000000000${n}`);
export const userIds = [1, 2, 3, 4, 5, 6].map((n) => `30000000000000000${n}`);
const roleIds = [1, 2, 3].map((n) => `60000000000000000${n}`);
const admin = '700000000000000001';

async function worded(
  doing: Promise<unknown>,
  word: (result: unknown) => string = () => 'done',
): Promise<string> {
  try {
    return word(await doing);
  } catch (error) {
    if (error instanceof Refusal) return wordOf(error);
    if (error instanceof IllegalTransition) return 'illegal';
    throw error;
  }
}

/** Draws what happens next, from what is there. */
export class Acts {
  readonly #random: SeededRandom;
  readonly #model: () => TillModel;
  #count = 0;

  constructor(random: SeededRandom, model: () => TillModel) {
    this.#random = random;
    this.#model = model;
  }

  next(): Act {
    const roll = this.#random.next();
    if (roll < 0.4) return this.#request();
    if (roll < 0.9) return this.#jobEvent() ?? this.#request();
    if (roll < 0.97) return this.#admin();
    if (roll < 0.985) return this.sweep();
    return this.outbox();
  }

  #request(): Act {
    const random = this.#random;
    this.#count += 1;
    // Now and then a second session that was told of the same interaction.
    const again = random.chance(0.04) ? this.#count - random.whole(1, 5) : this.#count;
    const roles = roleIds.filter(() => random.chance(0.3));
    const wish = job(this.#count, {
      guildId: random.chance(0.15) ? null : random.pick(guildIds),
      userId: random.pick(userIds),
      price: random.pick([1, 1, 1, 2, 3, 7]),
      createdAt: this.#model().now,
      card: job(Math.max(1, again)).card,
    });
    return {
      name: `request ${wish.id} in ${wish.guildId} by ${wish.userId} for ${wish.price}`,
      real: (house) => house.request(wish, roles),
      model: (model) => model.request(wish, roles),
    };
  }

  #jobEvent(): Act | undefined {
    const random = this.#random;
    const jobs = [...this.#model().jobs.values()];
    // Mostly what is still open; now and then what is long over and must not move.
    const open = jobs.filter(({ status, delivery }) => !isOver(status.state) || delivery === 'pending');
    const among = open.length > 0 && random.chance(0.93) ? open : jobs.slice(-200);
    if (among.length === 0) return undefined;
    const about = random.pick(among);
    if (isOver(about.status.state) && about.delivery === 'pending' && random.chance(0.75))
      return this.#deliver(about.id, random.chance(0.9) ? 'delivered' : 'undeliverable');
    if (random.chance(0.06)) return this.#cancel(about.id);
    return this.#apply(about.id, random.chance(0.07) ? this.#anyEvent() : this.#likelyEvent(about));
  }

  #likelyEvent({ id, status }: ModelJob): JobEvent {
    const random = this.#random;
    const taskId = ('taskId' in status ? status.taskId : null) ?? `task_${id}`;
    const news = (): JobEvent => ({
      is: 'snapshot',
      snapshot: snapshot({
        taskId,
        phase: random.pick([
          'running',
          'running',
          'succeeded',
          'succeeded',
          'succeeded',
          'failed',
          'waiting',
        ]),
        percent: random.whole(0, 100),
        result: random.chance(0.95) ? song() : null,
      }),
    });
    switch (status.state) {
      case 'queued':
        return random.chance(0.8) ? { is: 'started' } : { is: random.pick(['cancelled', 'cancelled']) };
      case 'submitting':
        if (random.chance(0.7)) return { is: 'accepted', taskId };
        return random.chance(0.3)
          ? { is: 'refused', why: 'rejected' }
          : { is: random.pick(['parked', 'unanswered', 'cancelled']) };
      case 'unconfirmed':
        return { is: 'accepted', taskId };
      case 'submitted':
      case 'running':
        return random.chance(0.85) ? news() : { is: random.pick(['lost', 'cancelled']) };
      case 'succeeded':
        return random.chance(0.5) ? { is: 'unusable', why: 'bad-audio' } : news();
      default:
        return news();
    }
  }

  #anyEvent(): JobEvent {
    return this.#random.pick<JobEvent>([
      { is: 'started' },
      { is: 'parked' },
      { is: 'accepted', taskId: 'task_of_another' },
      { is: 'unanswered' },
      { is: 'refused', why: 'not-served' },
      { is: 'cancelled' },
      { is: 'lost' },
      { is: 'unusable', why: 'bad-audio' },
      { is: 'snapshot', snapshot: snapshot({ phase: 'succeeded', result: song() }) },
    ]);
  }

  #apply(id: string, event: JobEvent): Act {
    const more = event.is === 'started' ? { submittedAt: this.#model().now } : {};
    return {
      name: `${id} ${event.is}`,
      real: (house) =>
        worded(house.workshop.apply(id, event, more), (after) => (after as ModelJob).status.state),
      model(model) {
        try {
          return model.apply(id, event);
        } catch {
          return 'illegal';
        }
      },
    };
  }

  #cancel(id: string): Act {
    return {
      name: `cancel ${id}`,
      real: (house) => worded(house.workshop.cancel(id), () => 'cancelled'),
      model: (model) =>
        isOver(model.jobs.get(id)!.status.state) ? 'already-over' : model.apply(id, { is: 'cancelled' }),
    };
  }

  #deliver(id: string, delivery: Delivery): Act {
    return {
      name: `${id} ${delivery}`,
      real: (house) => worded(house.jobs.update(id, (now) => ({ ...now, delivery }))),
      model(model) {
        model.deliver(id, delivery);
        return 'done';
      },
    };
  }

  #admin(): Act {
    const random = this.#random;
    const guildId = random.pick(guildIds);
    const userId = random.pick(userIds);
    const roleId = random.pick([...roleIds, guildId]);
    const allowance: Allowance = { credits: random.whole(0, 30), period: random.pick(periods) };
    const orNone = random.chance(0.4) ? null : allowance;
    const more = random.whole(1, 8);
    const yes = random.chance(0.04);
    const actor = { userId: admin, guildId };
    const server = guildAccountId(guildId);
    const member = memberAccountId(guildId, userId);
    const act = (name: string, real: Act['real'], model: (model: TillModel) => void): Act => ({
      name: `${name} ${guildId} ${userId}`,
      real,
      model(it) {
        model(it);
        return 'done';
      },
    });
    const grant = (to: string) => (model: TillModel) =>
      model.pocket(to).spent.push({ at: model.now, credits: -more });
    return random.pick([
      act(
        `allowance ${allowance.credits}`,
        (house) => worded(house.steward.setGuild(actor, { ...allowance, credits: allowance.credits * 3 })),
        (model) => (model.pocket(server).allowance = { ...allowance, credits: allowance.credits * 3 }),
      ),
      act(
        'own allowance',
        (house) => worded(house.steward.setUser(actor, userId, orNone)),
        (model) => (model.pocket(member).allowance = orNone),
      ),
      act(
        `role ${roleId}`,
        (house) => worded(house.steward.setRole(actor, roleId, orNone)),
        (model) =>
          orNone === null
            ? model.roles.delete(`${guildId} ${roleId}`)
            : model.roles.set(`${guildId} ${roleId}`, orNone),
      ),
      act(`grant ${more}`, (house) => worded(house.steward.grant(actor, userId, more)), grant(member)),
      act(`grant all ${more}`, (house) => worded(house.steward.grantGuild(actor, more)), grant(server)),
      act(
        'reset',
        (house) => worded(house.steward.reset(actor, userId)),
        (model) => (model.pocket(member).spent = []),
      ),
      act(
        'ceiling',
        (house) => worded(house.steward.setCeiling(actor, orNone && { ...orNone, credits: more * 15 })),
        (model) => (model.pocket(server).ceiling = orNone && { ...orNone, credits: more * 15 }),
      ),
      act(
        `pause ${yes}`,
        (house) => worded(house.steward.pause(actor, yes)),
        (model) => (model.pocket(server).paused = yes),
      ),
      act(
        `block ${yes}`,
        (house) => worded(house.steward.blockGuild(actor, yes)),
        (model) => (model.pocket(server).blocked = yes),
      ),
      act(
        `block person ${yes}`,
        (house) => worded(house.steward.blockPerson(admin, userId, yes)),
        (model) => (model.pocket(personAccountId(userId)).blocked = yes),
      ),
    ]);
  }

  /** What a start does first: nothing moves these jobs any more. */
  sweep(): Act {
    return {
      name: 'sweep',
      real: (house) => worded(house.workshop.sweep(0)),
      model(model) {
        for (const { id, status, createdAt } of model.jobs.values()) {
          if (status.state === 'submitting') model.apply(id, { is: 'unanswered' });
          if (status.state === 'queued' && createdAt <= model.now - longestWaitMs)
            model.apply(id, { is: 'refused', why: 'waited-too-long' });
        }
        return 'done';
      },
    };
  }

  /** Discord takes every card that waits. */
  outbox(): Act {
    return {
      name: 'outbox',
      async real(house) {
        for (;;) {
          const waiting = await house.jobs.undelivered(Number.MAX_SAFE_INTEGER);
          if (waiting.length === 0) return 'done';
          for (const { id } of waiting)
            await house.jobs.update(id, (now) => ({ ...now, delivery: 'delivered' }));
        }
      },
      model(model) {
        for (const { id, status, delivery } of model.jobs.values())
          if (isOver(status.state) && delivery === 'pending') model.deliver(id, 'delivered');
        return 'done';
      },
    };
  }
}
