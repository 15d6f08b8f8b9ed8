import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/domain/step.ts';
import { audioOf, songIn } from '../support/cards.ts';
import { lockDatabase } from '../support/locked-database.ts';
import { quickRig } from '../support/quick-rig.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';
import { expectOnce, songUnderWay } from '../support/song-under-way.ts';
import { storedJobs } from '../support/stored-jobs.ts';
import { tempDir } from '../support/temp-dir.ts';

const minute = 60_000;
const apology = "I can't write anything down at the moment";
// The bot waits 5 s for a lock, at times twice in a row.
const slow = { timeout: 60_000 };

describe('a database that another program has locked', slow, () => {
  it('has new songs refused with a reference, starts none of them, and takes new ones when it is free', async () => {
    const rig = await quickRig();
    const { discord, songApi, log } = rig;
    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    const letGo = lockDatabase(rig);
    const invocation = await alice.runs('/song', { prompt: 'at a bad time' });
    await discord.until('the apology', () => invocation.text().includes(apology));
    expect(invocation.text()).toContain(invocation.id);
    expect(log.some((line) => line.includes(`"reference":"${invocation.id}"`))).toBe(true);
    expect(channel.messages()).toEqual([]);
    letGo();
    expect(storedJobs(rig)).toEqual([]);

    await alice.runs('/song', { prompt: 'at a better time' });
    await songIn(discord, channel);
    expect(songApi.tasks.size).toBe(1);
  });

  it('while a song ends, has it delivered afterwards', async () => {
    const song = await songUnderWay();
    const { discord, log } = song.rig;
    const letGo = lockDatabase(song.rig);
    await song.finish();
    await discord.until('vain news', () => log.some((line) => line.includes('could not be applied')));
    letGo();
    await expectOnce(song);
  });

  const moments: [Step, RegExp][] = [
    ['held', /a submit broke off|could not be started/],
    ['answered', /a task id could not be saved/],
  ];

  it.each(moments)(
    'from the moment on that a song is %s, neither loses nor doubles it',
    async (moment, trace) => {
      let letGo: (() => void) | undefined;
      const rig = await quickRig({
        seams: {
          reached(step) {
            if (step === moment) letGo ??= lockDatabase(rig);
          },
        },
      });
      const { discord, songApi, log } = rig;
      const guild = discord.guild('Garden');
      const channel = guild.channel('songs');
      await guild.member('alice').in(channel).runs('/song', { prompt: 'interrupted' });
      await discord.until('a trace in the log', () => log.some((line) => trace.test(line)));
      letGo?.();
      await discord.until('the end', () => storedJobs(rig)[0]?.delivery === 'delivered', 30_000);
      expect(storedJobs(rig)).toMatchObject([{ state: 'succeeded' }]);
      expect(channel.cards().filter((card) => audioOf(card).length > 0)).toHaveLength(1);
      expect(channel.cards()).toHaveLength(1);
      expect(songApi.journal.submits()).toHaveLength(1);
    },
  );

  it('in the moment that a new message has been sent, does not have it sent twice', async () => {
    let letGo: (() => void) | undefined;
    const song = await songUnderWay({
      seams: {
        reached(step) {
          if (step === 'posted') letGo ??= lockDatabase(song.rig);
        },
      },
    });
    const { discord, log } = song.rig;
    song.invocation.response()?.delete();
    song.passes(20 * minute);
    await song.finish();
    await discord.until('the trace', () =>
      log.some((line) => /was not delivered|kept up to date/.test(line)),
    );
    // Longer than Discord remembers a nonce.
    song.passes(10 * minute);
    letGo?.();
    await expectOnce(song);
  });
});

const disks = canMount();
if (!disks)
  console.warn('No disk can be mounted here (it takes root): the tests with a full disk are left out.');

describe.skipIf(!disks)('a disk that is full', slow, () => {
  it('has new songs refused with a reference, loses none that run, and recovers by itself', async () => {
    const dataDir = tempDir();
    const disk = smallDisk(dataDir, 4 * 1024 * 1024);
    const song = await songUnderWay({ dataDir });
    const { discord, songApi, log } = song.rig;
    disk.fill();
    const bob = song.guild.member('bob').in(song.guild.channel('square'));
    const invocation = await bob.runs('/song', { prompt: 'one too many' });
    await discord.until('the apology', () => invocation.text().includes(apology));
    expect(log.some((line) => line.includes(`"reference":"${invocation.id}"`))).toBe(true);
    await song.finish();
    await discord.until('vain news', () => log.some((line) => line.includes('could not be applied')));
    disk.free();
    await expectOnce(song);
    expect(storedJobs(song.rig)).toHaveLength(1);
    await bob.runs('/song', { prompt: 'now there is room' });
    await discord.until('it is taken', () => songApi.tasks.size === 2);
  });

  it('only where files lie on their way, has the song delivered with its audio when there is room', async () => {
    const dataDir = tempDir();
    mkdirSync(join(dataDir, 'media'));
    const disk = smallDisk(join(dataDir, 'media'), 1024 * 1024);
    const song = await songUnderWay({ dataDir });
    const { discord, log } = song.rig;
    disk.fill();
    await song.finish();
    await discord.until('a vain try', () =>
      log.some((line) => /was not delivered|card delivered/.test(line)),
    );
    expect(log.some((line) => line.includes('ENOSPC'))).toBe(true);
    disk.free();
    song.passes(minute);
    await expectOnce(song);
  });
});
