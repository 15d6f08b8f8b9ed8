import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sqliteDialect } from '../../../src/services/storage/sqlite-dialect.ts';
import { quickDialect, quickDir } from '../../support/mortal-database.ts';
import { TillStory } from '../../support/till-story.ts';

/** Given to repeat a run that went wrong. */
const seed = Number(process.env['TILL_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

it('the books hold through 10,000 operations and some 250 deaths, as the model has it', async () => {
  const file = join(quickDir(), 'till.sqlite');
  const story = new TillStory({
    seed,
    operations: 10_000,
    crashes: 0.03,
    dialect: () => quickDialect(file),
  });
  await story.run();
  const { held, membersBroke, serversBroke, shut, again, illegal, crashes, halfway } = story.tally;

  // The run was about something.
  expect(held).toBeGreaterThan(500);
  expect(Math.min(membersBroke, serversBroke, shut)).toBeGreaterThan(50);
  expect(Math.min(again, illegal, halfway)).toBeGreaterThan(10);
  expect(crashes).toBeGreaterThan(150);
}, 180_000);

it("the same in the bot's own thread, with every commit on the disk", async () => {
  const file = join(quickDir(), 'till.sqlite');
  const story = new TillStory({
    seed: seed + 1,
    operations: 400,
    crashes: 0.03,
    dialect: () => sqliteDialect(file),
  });
  await story.run();
  expect(story.tally.held).toBeGreaterThan(20);
});
