import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeCustomId, encodePageId, buttonNames } from '../../src/domain/custom-id.ts';
import { songInputsSchema } from '../../src/domain/song.ts';
import { dispatchHouse } from '../support/dispatch-house.ts';
import { fuzzRuns, fuzzTimeout } from '../support/fuzz-runs.ts';
import { interactionPayloads } from '../support/interaction-payloads.ts';
import { mutated } from '../support/mutations.ts';
import { job } from '../support/songs.ts';

type Fields = Record<string, unknown>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
const longest: Record<string, number> = { tags: 1000, prompt: 2000, style: 1000, lyrics: 5000, title: 80 };

/** Written apart from the product: is this an order for a song that Discord's client could have sent? */
function isSongOrder(payload: unknown): boolean {
  const { type, data, channel, guild_id: guildId, member, user } = fieldsOf(payload);
  const { name, type: kind, options } = fieldsOf(data);
  const person = fieldsOf(user ?? fieldsOf(member)['user']);
  // What can be made without a song that is there already.
  const main = name === 'tags' ? 'tags' : 'prompt';
  const makes = ['song', 'lyrics', 'sound', 'tags'].includes(String(name));
  if (type !== 2 || kind !== 1 || !makes || !Array.isArray(options)) return false;
  if (![person['id'], fieldsOf(channel)['id'], guildId ?? 'none'].every((id) => typeof id === 'string'))
    return false;
  const value = (option: string): unknown =>
    fieldsOf(options.find((one) => fieldsOf(one)['name'] === option))['value'];
  const isText = (option: string): boolean => {
    const given = value(option);
    return given === undefined || (typeof given === 'string' && given.length <= (longest[option] ?? 100));
  };
  const isTruth = (option: string): boolean => ['undefined', 'boolean'].includes(typeof value(option));
  const seed = value('seed');
  return (
    typeof value(main) === 'string' &&
    value(main) !== '' &&
    ['prompt', 'style', 'lyrics', 'title', 'engine', 'model', 'type', 'key'].every(isText) &&
    ['instrumental', 'private'].every(isTruth) &&
    (seed === undefined || (Number.isSafeInteger(seed) && Number(seed) >= 0))
  );
}

describe('any interaction', fuzzTimeout, () => {
  it('ends in one answer or is dropped, and makes a song only where one was asked for', async () => {
    const house = await dispatchHouse();
    const strays: unknown[] = [];
    const stray = (reason: unknown): void => void strays.push(reason);
    process.on('unhandledRejection', stray);
    onTestFinished(() => void process.off('unhandledRejection', stray));
    const { discord } = house;
    const garden = discord.guild('Garden');
    const channel = garden.channel('songs');
    const alice = garden.member('alice');
    const people = [alice, garden.member('bob', { admin: true })];
    const alone = { guildId: null, channel: discord.dm(alice), people: [alice] };
    const elsewhere = job(1, {
      status: { state: 'running', taskId: 'task_victim', percent: 5 },
      guildId: '77',
    });
    await house.jobs.insert(elsewhere, async () => true);
    const ids = buttonNames.flatMap((name) => [
      encodeCustomId(name, elsewhere.id),
      encodeCustomId(name, 'abcdefghjkmn'),
    ]);
    const page = encodePageId({ whose: 'server', engine: 'suno', kind: null, words: 'rain' }, 2);
    const payloads = interactionPayloads(
      house.commands,
      [...ids, page, '0.again.abcdefghjkmn', '1.nothing.x', ''],
      [{ guildId: garden.id, channel, people }, alone],
    );

    let count = 0;
    const asked: unknown[] = [];
    /** Each round over the waiting looks at all that are under way: they mustn't become thousands. */
    const takeAway = async (): Promise<void> => {
      const { db } = house.storage;
      const rows = await db
        .deleteFrom('job')
        .where('id', '!=', elsewhere.id)
        .returning('interaction_id')
        .execute();
      asked.push(...rows.map((row) => seen.get(row.interaction_id)));
      seen.clear();
    };
    const ends: Record<string, number> = {};
    const seen = new Map<string, unknown>();
    const twice = fc.constantFrom(false, false, false, true);
    await fc.assert(
      fc.asyncProperty(mutated(payloads, 3), twice, async (given, isTwice) => {
        count += 1;
        const id = String(1_000_000_000_000_000_000n + BigInt(count));
        const payload =
          typeof given === 'object' && given !== null ? { ...given, id, token: `t${count}` } : given;
        seen.set(id, payload);
        const end = await house.receive(payload);
        ends[end] = (ends[end] ?? 0) + 1;
        const kind = fieldsOf(payload)['type'];
        const answers = house.callbacks.get(`t${count}`) ?? 0;
        if (end === 'handled' && kind !== 4 && kind !== 5)
          expect(answers === 1 || isOtherKind(payload)).toBe(true);
        else expect(answers).toBeLessThanOrEqual(1);
        // Two processes may hear of one interaction: it is one song all the same.
        if (isTwice && end === 'handled') await house.receive(structuredClone(payload));
        if (count % 200 === 0) await takeAway();
      }),
      fuzzRuns(600, 20_000),
    );
    await house.workshop.close();
    expect(strays).toEqual([]);
    expect(await house.jobs.find(elsewhere.id)).toEqual(elsewhere);
    await takeAway();
    expect(asked.filter((payload) => !isSongOrder(payload))).toEqual([]);
    expect(asked.length).toBeGreaterThan(count / 100);
    expect(house.songApi.submitted.length).toBeLessThanOrEqual(asked.length);
    for (const inputs of house.songApi.submitted) {
      expect(songInputsSchema.safeParse(inputs).success).toBe(true);
      expect((inputs.prompt ?? '').length).toBeLessThanOrEqual(2000);
    }
    console.log(`    ${count} interactions: ${JSON.stringify(ends)}, ${asked.length} songs`);
  });
});

/** Buttons, string selects and message menus are answered; other selects and menus, which we have none of, are not. */
function isOtherKind(payload: unknown): boolean {
  const { type, data } = fieldsOf(payload);
  const { component_type: component, type: command } = fieldsOf(data);
  return (type === 3 && component !== 2 && component !== 3) || (type === 2 && command !== 1 && command !== 3);
}
