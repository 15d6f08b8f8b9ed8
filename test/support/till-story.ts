import type { Dialect } from 'kysely';
import { SeededRandom } from '../../playground/song-api/seeded-random.ts';
import { periods } from '../../src/domain/period.ts';
import { rolled, type Allowance } from '../../src/domain/quota.ts';
import { contradictions, readBooks } from './books.ts';
import { FakeClock } from './fake-clock.ts';
import { Life, openMortal } from './mortal-database.ts';
import { Acts, guildIds, type Act } from './till-acts.ts';
import { tillHouse, type House } from './till-house.ts';
import { TillModel } from './till-model.ts';

/** Daylight saving at midnight, none, the earliest, and one at two o'clock. */
const zones = new Map(
  guildIds.map((id, n) => [
    id,
    ['Africa/Cairo', 'UTC', 'Pacific/Kiritimati', 'America/New_York'][n] ?? 'UTC',
  ]),
);
const defaults: { guild: Allowance; user: Allowance } = {
  guild: { credits: 50, period: 'week' },
  user: { credits: 5, period: 'day' },
};

export interface StoryOptions {
  seed: number;
  operations: number;
  /** Share of operations in which the process dies. */
  crashes: number;
  dialect: () => Dialect;
}

/** Life at the till as chance has it, side by side with the model; throws where they part. */
export class TillStory {
  readonly tally = {
    operations: 0,
    held: 0,
    membersBroke: 0,
    serversBroke: 0,
    shut: 0,
    again: 0,
    illegal: 0,
    crashes: 0,
    halfway: 0,
  };
  readonly #options: StoryOptions;
  readonly #random: SeededRandom;
  readonly #clock = new FakeClock();
  readonly #acts: Acts;
  #model = new TillModel(zones, defaults);
  #life = new Life();
  #house: House | undefined;

  constructor(options: StoryOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
    this.#acts = new Acts(this.#random, () => this.#model);
  }

  async run(): Promise<void> {
    const { operations, crashes, seed } = this.#options;
    try {
      await this.#open();
      for (const [guildId, zone] of zones)
        await this.house.steward.setTimeZone({ userId: '7', guildId }, zone);
      // From here on every period is one of the server's own zone.
      this.#clock.advance(40 * 24 * 3_600_000);
      this.#model.now = this.#clock.now();
      while (this.tally.operations < operations) {
        if (this.#random.chance(0.05)) this.#timePasses();
        const acts = Array.from({ length: this.#random.chance(0.06) ? this.#random.whole(2, 3) : 1 }, () =>
          this.#acts.next(),
        ).filter((act, _, all) => all.length === 1 || !/^(cancel|sweep|outbox)/.test(act.name));
        if (this.#random.chance(crashes)) await this.#dieDuring(acts);
        else await this.#live(acts);
        this.tally.operations += acts.length;
        if (this.#random.chance(0.003)) await this.#audit(false);
      }
      await this.#restart();
      await this.#live([this.#acts.sweep()]);
      await this.#live([this.#acts.outbox()]);
      await this.#audit(true);
    } catch (error) {
      const { operations: count } = this.tally;
      throw new Error(`TILL_SEED=${seed} goes wrong at operation ${count}: ${String(error)}`, {
        cause: error,
      });
    } finally {
      await this.#house?.storage.close();
    }
  }

  get house(): House {
    if (this.#house === undefined) throw new Error('the story has not begun');
    return this.#house;
  }

  async #open(): Promise<void> {
    this.#life = new Life();
    const storage = await openMortal(this.#options.dialect(), this.#life, () => this.#clock.now());
    this.#house = tillHouse({ storage, clock: this.#clock, defaults, byHand: true });
  }

  /** Nothing in memory survives. */
  async #restart(): Promise<void> {
    this.#life.die();
    await this.#house?.storage.close();
    await this.#open();
  }

  #timePasses(): void {
    const hour = 3_600_000;
    this.#clock.advance(
      Math.round(
        hour * (this.#random.chance(0.03) ? this.#random.between(24, 600) : this.#random.between(0, 2)),
      ),
    );
    this.#model.now = this.#clock.now();
  }

  /** All at once: what comes of it is what would have come of them one by one, in some order. */
  async #live(acts: readonly Act[]): Promise<void> {
    const words = await Promise.all(acts.map((act) => act.real(this.house)));
    const [only, ...others] = acts;
    if (only !== undefined && others.length === 0) same(only.name, words[0] ?? '', only.model(this.#model));
    else await this.#follow(acts, words);
    for (const [index, { name }] of acts.entries()) {
      const word = words[index] ?? '';
      if (word === 'held') this.tally.held += 1;
      if (word === 'again') this.tally.again += 1;
      if (word === 'illegal') this.tally.illegal += 1;
      if (word === 'member is out of credits') this.tally.membersBroke += 1;
      if (word === 'guild is out of credits') this.tally.serversBroke += 1;
      if (word === 'blocked' || word === 'paused') this.tally.shut += 1;
      // Beside others the allowance may have been lowered right after.
      if (word === 'held' && acts.length === 1) await this.#expectWithinAllowance(name);
    }
  }

  async #follow(acts: readonly Act[], words: readonly string[]): Promise<void> {
    const picture = await this.#picture();
    const expected = new Map(acts.map((act, index) => [act, words[index]]));
    for (const { model, left } of histories(this.#model, acts, expected)) {
      if (left.length > 0 || pictureOf(model) !== picture) continue;
      this.#model = model;
      return;
    }
    const all = acts.map(({ name }, index) => `${name}: ${words[index]}`).join(', ');
    for (const act of acts) act.model(this.#model);
    same(`after ${all}, in no order`, picture, pictureOf(this.#model));
    throw new Error(`no order explains ${all}`);
  }

  /** Each act is done or not begun, in an order that only the till knows. */
  async #dieDuring(acts: readonly Act[]): Promise<void> {
    const several = /^(sweep|outbox)/.test(acts[0]?.name ?? '');
    this.#life.dieAfter(this.#random.whole(0, several ? 80 : 14 * acts.length));
    const all = Promise.all(acts.map((act) => act.real(this.house)));
    const died = (await Promise.race([all, this.#life.end])) === 'dead';
    this.tally.crashes += 1;
    await this.#restart();
    if (this.#random.chance(0.1)) await this.#audit(false);
    // A sweep is many changes: whatever it got done, a second one does the rest.
    if (several) {
      const [act] = acts;
      if (act !== undefined) await this.#live([act]);
      this.tally.halfway += died ? 1 : 0;
    } else {
      const picture = await this.#picture();
      const match = histories(this.#model, acts).find(({ model }) => pictureOf(model) === picture);
      if (match === undefined)
        same(`after ${acts.map(({ name }) => name).join(', ')}`, picture, pictureOf(this.#model));
      else this.#model = match.model;
      if (match?.left.length !== 0) this.tally.halfway += 1;
    }
    if (this.#random.chance(0.7)) await this.#live([this.#acts.sweep()]);
    if (this.#random.chance(0.3)) await this.#live([this.#acts.outbox()]);
  }

  async #expectWithinAllowance(name: string): Promise<void> {
    const [, , , guildId = '', , userId = ''] = name.split(' ');
    const place = guildId === 'null' ? null : guildId;
    const { db } = this.house.storage;
    const roleIds = (await this.house.ledger.roleAllowances(db, guildId)).map(({ roleId }) => roleId);
    const { guild } = await this.house.till.standings(db, { guildId: place, userId, roleIds });
    if (guild === null) return;
    if (guild.used + guild.reserved > guild.allowance.credits)
      throw new Error(`${name} goes beyond ${JSON.stringify(guild)}`);
  }

  async #audit(atRest: boolean): Promise<void> {
    const books = await readBooks(this.house.storage.db);
    same('the books', contradictions(books, this.#clock.now(), atRest).join('\n'), '');
    if (atRest) same('the end', await this.#picture(), pictureOf(this.#model));
  }

  async #picture(): Promise<string> {
    const { accounts } = await readBooks(this.house.storage.db);
    const { db } = this.house.storage;
    const jobs = await db.selectFrom('job').select(['id', 'state', 'hold', 'delivery']).execute();
    const roles = await db.selectFrom('role_allowance').selectAll().execute();
    return drawn({
      pockets: accounts.map(({ id, balance, allowance, ceiling, paused, blocked }) => {
        const zone = zones.get(id.split(':')[1] ?? '') ?? 'UTC';
        const { used } = rolled(balance, this.#clock.now(), zone);
        const amounts = [balance.reserved, ...periods.map((period) => used[period])];
        return [id, ...amounts, allowance, ceiling, paused, blocked];
      }),
      roles: roles.map((row) => [`${row.guild_id} ${row.role_id}`, row.credits, row.period]),
      jobs: jobs.map((job) => [job.id, job.state, job.hold, job.delivery]),
    });
  }
}

interface History {
  model: TillModel;
  /** What has not happened yet. */
  left: readonly Act[];
}

/** Everything that may have become of `model` by some of the acts, in whatever order; `words`: what each of them said. */
function* histories(
  model: TillModel,
  acts: readonly Act[],
  words?: ReadonlyMap<Act, string | undefined>,
): Generator<History, void> {
  yield { model, left: acts };
  for (const act of acts) {
    const next = model.copy();
    const word = act.model(next);
    if (words !== undefined && word !== words.get(act)) continue;
    yield* histories(
      next,
      acts.filter((other) => other !== act),
      words,
    );
  }
}

function pictureOf(model: TillModel): string {
  return drawn({
    pockets: [...model.pockets].map(([id, { reserved, allowance, ceiling, paused, blocked }]) => {
      const amounts = [reserved, ...periods.map((period) => model.used(id, period))];
      return [id, ...amounts, allowance, ceiling, paused, blocked];
    }),
    roles: [...model.roles].map(([id, { credits, period }]) => [id, credits, period]),
    jobs: [...model.jobs.values()].map(({ id, status, hold, delivery }) => [
      id,
      status.state,
      hold,
      delivery,
    ]),
  });
}

/** A pocket with nothing in it is as good as none. */
function drawn({ pockets, ...rest }: Record<'pockets' | 'roles' | 'jobs', unknown[][]>): string {
  const lines = [...pockets.filter(([, ...values]) => values.some(Boolean)), ...rest.roles, ...rest.jobs];
  return lines
    .map((line) => JSON.stringify(line))
    .sort()
    .join('\n');
}

/** Shows the lines in which two texts differ. */
function same(what: string, is: string, shouldBe: string): void {
  if (is === shouldBe) return;
  const [here, there] = [is.split('\n'), shouldBe.split('\n')];
  const only = (lines: string[], others: string[]): string[] =>
    lines.filter((line) => !others.includes(line));
  throw new Error(
    `${what} is\n${only(here, there).join('\n')}\nand should be\n${only(there, here).join('\n')}`,
  );
}
