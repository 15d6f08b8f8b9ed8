import { expect, it } from 'vitest';
import { cardSaying } from '../support/cards.ts';
import { storedJobs } from '../support/stored-jobs.ts';
import { expectOnce, songUnderWay, type SongUnderWay } from '../support/song-under-way.ts';

const minute = 60_000;

/** The song API forgets the task; it counts as lost when its grace is over. */
function vanishes({ rig }: SongUnderWay): { comesBack: () => void } {
  const scripts = [...rig.songApi.tasks.values()].map(({ script }) => script);
  for (const script of scripts) script.vanish = true;
  return {
    comesBack() {
      for (const script of scripts) script.vanish = false;
    },
  };
}

/** The poller asks about lost tasks every five minutes; a wait between two looks is real time here. */
async function arrives(song: SongUnderWay, task: { comesBack: () => void }): Promise<void> {
  task.comesBack();
  await song.finish();
  song.passes(6 * minute);
}

it('a song that was given up and comes after all is shown in its card, while its token lives', async () => {
  const song = await songUnderWay();
  const task = vanishes(song);
  await cardSaying(song.rig.discord, song.channel, 'got lost');
  await arrives(song, task);
  const card = await song.rig.discord.until('the song', () => song.delivered()[0]);
  expect(card.id).toBe(song.invocation.response()?.id);
  await expectOnce(song);
  // The token was forgotten with the first card: its road is not taken, least of all with nothing in its place.
  expect(song.rig.discord.journal.count(({ path }) => path.includes('//'))).toBe(0);
});

it('a song that comes while its card is being told that it is lost does not count as delivered by that', async () => {
  const closed: unknown[] = [];
  const song: SongUnderWay = await songUnderWay({
    seams: {
      reached: (step) => void (step === 'delivered' && closed.push(storedJobs(song.rig)[0])),
    },
  });
  const { discord } = song.rig;
  await cardSaying(discord, song.channel, '20 %');
  let told = false;
  discord.faults.add(({ method }) => method === 'PATCH' && (told = true), { kind: 'delay', ms: 1_500 });
  const task = vanishes(song);
  await discord.until('the card is being told', () => told);
  await arrives(song, task);
  await discord.until('the song', () => song.delivered()[0]);
  await discord.until('both cards', () => closed.length === 2);
  // Had the process died in between, the song would have been lost.
  expect(closed).toMatchObject([
    { state: 'succeeded', delivery: 'pending' },
    { state: 'succeeded', delivery: 'delivered' },
  ]);
  await expectOnce(song);
});
