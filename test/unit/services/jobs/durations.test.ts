import { describe, expect, it } from 'vitest';
import { job, snapshot, song as finished } from '../../../support/songs.ts';
import { workshopRig } from '../../../support/workshop-rig.ts';

const song = job(1);

describe('how long a song usually takes', () => {
  it('is not claimed before three have been measured, then it is their median', async () => {
    const { durations } = await workshopRig();
    for (const ms of [50_000, 10_000]) await durations.add(song, ms);
    await expect(durations.typical(song)).resolves.toBeUndefined();
    await durations.add(song, 30_000);
    await expect(durations.typical(song)).resolves.toBe(30_000);
  });

  it('is known apart for each action and model', async () => {
    const { durations } = await workshopRig();
    for (const ms of [1, 2, 3]) await durations.add(song, ms);
    const other = { ...song, inputs: { ...song.inputs, model: 'FUZZ-1.0' } };
    await expect(durations.typical(other)).resolves.toBeUndefined();
    await expect(durations.typical({ ...song, action: 'suno/MUSIC' })).resolves.toBeUndefined();
  });

  it('forgets what is long ago', async () => {
    const { durations } = await workshopRig();
    for (let n = 0; n < 20; n += 1) await durations.add(song, 1000);
    for (let n = 0; n < 20; n += 1) await durations.add(song, 9000);
    await expect(durations.typical(song)).resolves.toBe(9000);
  });

  it('is measured from the submit to the end', async () => {
    const rig = await workshopRig();
    const { workshop, durations, clock } = rig;
    for (const n of [1, 2, 3]) {
      const { id } = await rig.put(n, {
        status: { state: 'submitted', taskId: 't' },
        submittedAt: clock.now() - 40_000,
      });
      await workshop.apply(id, {
        is: 'snapshot',
        snapshot: snapshot({ taskId: 't', phase: 'succeeded', result: finished() }),
      });
    }
    await expect(durations.typical(song)).resolves.toBe(40_000);
  });
});
