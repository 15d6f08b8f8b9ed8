/** One of several processes on one database. Its parent says by messages when to do what, and is told what came of it. */
import { openStorage } from '../../src/services/storage/database.ts';
import { FakeClock } from './fake-clock.ts';
import { giveUp, rush, rushHouse } from './rush.ts';

export type RushOrder =
  | { do: 'rush'; first: number; count: number; asOf?: number }
  | { do: 'give up'; ids: string[] }
  | { do: 'end' };

const clock = new FakeClock();
const ignore = (): void => undefined;
const storage = await openStorage({
  databaseUrl: process.argv[2],
  dataDir: '/nowhere',
  now: () => clock.now(),
  onCorrupt: ignore,
  onError: ignore,
});
const house = rushHouse(storage, clock);

process.on('message', (order: RushOrder) => {
  if (order.do === 'end') void end();
  else void obey(order).then((answer) => process.send?.(answer));
});
process.send?.('ready');

function obey(order: Exclude<RushOrder, { do: 'end' }>): Promise<Record<string, number>> {
  if (order.do === 'give up') return giveUp(house, order.ids);
  return rush(house, order.first, order.count, order.asOf);
}

async function end(): Promise<void> {
  await house.workshop.close();
  await storage.close();
  process.disconnect();
}
