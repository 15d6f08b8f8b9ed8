import { join } from 'node:path';
import { guildAccountId, memberAccountId } from '../../src/domain/account.ts';
import { isOver } from '../../src/domain/job.ts';
import type { Job } from '../../src/domain/job-record.ts';
import { left } from '../../src/domain/quota.ts';
import type { Step } from '../../src/domain/step.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import { Delivery } from '../../src/services/delivery/delivery.ts';
import { NoRoad, Roads, type Arrival } from '../../src/services/delivery/roads.ts';
import { Media, MediaError } from '../../src/services/song-api/media.ts';
import { contradictions, readBooks } from './books.ts';
import { FakeClock } from './fake-clock.ts';
import { Life, never, openMortal, quickDialect, quickDir } from './mortal-database.ts';
import { listeningLog } from './quiet.ts';
import { job } from './songs.ts';
import { tillHouse, type House } from './till-house.ts';
import { ScriptedSongApi } from './workshop-rig.ts';

const allowance = { credits: 10, period: 'month' } as const;
export const price = 3;
export const theSong = job(1, { price });

const blank = (): Promise<Buffer> => Promise.resolve(Buffer.alloc(0));

/** Discord, as far as a card is concerned: takes it, or knows no road to it. */
class ScriptedRoads extends Roads {
  readonly #life: Life;
  readonly #world: SongLife;

  constructor(life: Life, world: SongLife) {
    super({ apiUrl: 'http://127.0.0.1:9', token: 'x', now: () => world.clock.now() });
    this.#life = life;
    this.#world = world;
  }

  override edit(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  override announce(): Promise<void> {
    return Promise.resolve();
  }

  override async deliver(card: Job): Promise<Arrival> {
    if (this.#life.over) return never;
    if (this.#world.noRoad) throw new NoRoad('gone');
    this.#world.posted.push(card.status.state);
    return { messageId: '800000000000000008', pinged: true };
  }
}

class ScriptedMedia extends Media {
  refuses = false;

  /** Too large for us and still fit for a link; or an address where nobody goes. */
  override download(): Promise<number> {
    return Promise.reject(new MediaError(this.refuses ? 'refused' : 'too-large', undefined));
  }
}

/** One song through one or several lives of the bot: workshop, poller, post room and till as app.ts joins them. */
export class SongLife {
  readonly clock = new FakeClock();
  readonly songApi = new ScriptedSongApi();
  readonly posted: string[] = [];
  noRoad = false;
  refusedMedia = false;
  /** At each turn of the heartbeat, while the song isn't over. */
  meanwhile: (house: House, now: Job) => Promise<unknown> = () => Promise.resolve();
  readonly #folder = quickDir();
  #interactionTold = false;
  /** Asked of the database in the last life. */
  questions = 0;

  /** Lives until all is done, or until this step or question. True when it died before. */
  async live(until: { step?: Step; question?: number } = {}): Promise<boolean> {
    const life = new Life();
    const storage = await openMortal(quickDialect(join(this.#folder, 'till.sqlite')), life, () =>
      this.clock.now(),
    );
    const before = life.questions;
    life.dieAfter(until.question ?? Number.POSITIVE_INFINITY);
    const reached = (step: Step): void => {
      if (step === until.step) life.die();
    };
    const world = this.songApi;
    const outside = async <T>(call: () => Promise<T>): Promise<T> => (life.over ? never : call());
    let delivery: Delivery | undefined;
    const house = tillHouse({
      storage,
      clock: this.clock,
      defaults: { guild: allowance, user: allowance },
      songApi: {
        submit: (...asked) => outside(() => world.submit(...asked)),
        fetchTasks: (...asked) => outside(() => world.fetchTasks(...asked)),
        fetchTask: (...asked) => outside(() => world.fetchTask(...asked)),
      },
      reached,
      onChange: (changed) => delivery?.changed(changed),
    });
    delivery = this.#postRoom(house, life, reached);
    await Promise.race([this.#untilRest(house, delivery), life.end]);
    this.questions = life.questions - before;
    await storage.close();
    return life.over;
  }

  async #untilRest(house: House, delivery: Delivery): Promise<void> {
    const { workshop, poller, jobs } = house;
    // A lone process knows that every submit in the table is an orphan.
    await workshop.sweep(0);
    // Discord tells of an interaction once; a member whose request was lost has to ask again.
    if (!this.#interactionTold || (await jobs.find(theSong.id)) === undefined) {
      this.#interactionTold = true;
      await house.request({ ...theSong, createdAt: this.clock.now() });
    }
    for (;;) {
      workshop.handOut();
      await poller.poll();
      await delivery.retryUndelivered();
      const now = await jobs.find(theSong.id);
      const open = await jobs.anythingOpen();
      if (!open) break;
      if (now !== undefined) await this.meanwhile(house, now);
      this.clock.advance(5_000);
      await new Promise(setImmediate);
    }
    await workshop.close();
    await delivery.close();
  }

  #postRoom({ jobs, workshop, durations }: House, life: Life, reached: (step: Step) => void): Delivery {
    const { clock } = this;
    const { log } = listeningLog('fatal');
    const media = new ScriptedMedia({ clock, log, trustedHosts: new Set() });
    media.refuses = this.refusedMedia;
    return new Delivery({
      jobs,
      roads: new ScriptedRoads(life, this),
      media,
      clock,
      log,
      folder: join(this.#folder, 'media'),
      progressEveryMs: 3_000,
      reached,
      expectedAt: (job) => durations.expectedAt(job),
      freshResult: () => Promise.resolve(null),
      onMeasured: () => undefined,
      offer: { catalogue: builtInCatalogue, isServed: () => true, isMadeHere: () => false },
      makeSmaller: () => Promise.resolve(undefined),
      // Thousands of lives are lived here: without pictures.
      draw: { songCard: blank, songCover: blank },
      peaksOf: () => Promise.resolve(undefined),
      waitOf: (job) => workshop.waitOf(job),
      async onUnusable(jobId, why) {
        await workshop.apply(jobId, { is: 'unusable', why });
      },
    });
  }

  /** What became of the song and of the credits of its member and server; throws where the books don't add up. */
  async outcome(): Promise<{
    state: string;
    hold: string;
    delivery: string;
    left: number[];
    wrong: string[];
  }> {
    const storage = await openMortal(quickDialect(join(this.#folder, 'till.sqlite')), new Life(), () =>
      this.clock.now(),
    );
    const books = await readBooks(storage.db);
    await storage.close();
    const [only] = books.jobs;
    const { guildId, userId } = theSong;
    const ids = [guildAccountId(guildId ?? ''), memberAccountId(guildId, userId)];
    return {
      state: only?.state ?? 'none',
      hold: only?.hold ?? 'none',
      delivery: only?.delivery ?? 'none',
      left: ids.map((id) => {
        const account = books.accounts.find((each) => each.id === id);
        return account === undefined ? allowance.credits : left(account.balance, allowance);
      }),
      wrong: contradictions(books, this.clock.now(), true),
    };
  }
}

export const isOpen = ({ status }: Job): boolean => !isOver(status.state);
