import { expect, it } from 'vitest';
import { builtInCatalogue } from '../../../../src/domain/built-in-catalogue.ts';
import { Refusal } from '../../../../src/domain/errors.ts';
import { Availability } from '../../../../src/services/jobs/availability.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { listeningLog } from '../../../support/quiet.ts';

const minute = 60_000;
const hour = 60 * minute;
const song = 'producer/MUSIC';
const stems = 'producer/STEMS';

function house() {
  const clock = new FakeClock();
  const stored = new Map<string, number>();
  const { log } = listeningLog();
  const kv = {
    get: async (key: string) => stored.get(key),
    set: async (key: string, value: number) => void stored.set(key, value),
  };
  const open = async (): Promise<Availability> => {
    const availability = new Availability({ catalogue: builtInCatalogue, kv, clock, log });
    await availability.load();
    return availability;
  };
  return { clock, open };
}

it('what has never been served is hidden by one refusal for hours, then tried again', async () => {
  const { clock, open } = house();
  const availability = await open();
  expect(availability.isServed(stems)).toBe(true);
  await availability.refused(stems);
  expect(() => availability.require(stems)).toThrow(Refusal);
  expect((await open()).isServed(stems)).toBe(false);
  clock.advance(6 * hour);
  expect(availability.isServed(stems)).toBe(true);
});

it('one page in place of an answer hides no songs from anybody, three in a row do for minutes', async () => {
  const { clock, open } = house();
  const availability = await open();
  await availability.refused(song);
  await availability.refused(song);
  await availability.accepted(song);
  await availability.refused(song);
  await availability.refused(song);
  expect(availability.isServed(song)).toBe(true);
  await availability.refused(song);
  expect(availability.isServed(song)).toBe(false);
  clock.advance(10 * minute);
  expect(availability.isServed(song)).toBe(true);
});

it('what has been served once is known to be, also by the next process', async () => {
  const { open } = house();
  await (await open()).refused(stems);
  await (await open()).accepted(stems);
  const availability = await open();
  await availability.refused(stems);
  expect(availability.isServed(stems)).toBe(true);
});
