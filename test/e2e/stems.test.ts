import { describe, expect, it } from 'vitest';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { Rig } from '../../playground/rig.ts';
import { servedSong, type ServedSong } from '../support/served-song.ts';

const filesOf = (card: EmulatedMessage): string[] => card.attachments.map(({ filename }) => filename);
const MiB = 1024 * 1024;

/** A finished song whose stems will be so many WAV files of so many bytes. */
async function withStems(count: number, bytes: number, limit = 10 * MiB): Promise<ServedSong> {
  const here = await servedSong({}, { discord: { uploadLimitBytes: limit } });
  here.rig.songApi.next({ largeStems: { count, bytes } });
  return here;
}

/** Names of the files in a zip, by its central directory. */
function namesIn(zip: Buffer): string[] {
  const names: string[] = [];
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0;) {
    const length = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + length));
    at = zip.indexOf('PK\x01\x02', at + 46 + length, 'latin1');
  }
  return names;
}

function leftovers({ environment }: Rig): string[] {
  const folder = join(environment['DATA_DIR'] ?? '', 'media');
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Each of many files is looked at in a process of its own. */
const patience = 60_000;

describe('stems', { timeout: patience + 30_000 }, () => {
  it('that are few are files of their own', async () => {
    const { rig, alice, song, next } = await withStems(9, 50_000);
    await alice.clicks('Stems', song);
    const card = await next(patience);
    expect(filesOf(card)).toEqual(Array.from({ length: 9 }, (_, index) => `Harbour_-_Stem_${index + 1}.wav`));
    expect(card.text()).not.toContain('zip');
    expect(rig.discord.violations).toEqual([]);
    await rig.discord.until('its files are gone', () => leftovers(rig).length === 0);
  });

  it('that are many come in a zip', async () => {
    const { rig, alice, song, next } = await withStems(12, 50_000);
    await alice.clicks('Stems', song);
    const card = await next(patience);
    expect(filesOf(card)).toEqual(['Harbour.zip']);
    expect(namesIn(card.attachments[0]?.bytes() ?? Buffer.alloc(0))).toEqual(
      Array.from({ length: 12 }, (_, index) => `Harbour - Stem ${index + 1}.wav`),
    );
    expect(card.text()).toContain('in the 1 zip below');
    expect(card.text()).toContain('Stem 12');
    expect(rig.discord.violations).toEqual([]);
    await rig.discord.until('its files are gone', () => leftovers(rig).length === 0);
  });

  it('that are many and large come in several zips, each within the limit', async () => {
    const limit = 700_000;
    const { rig, alice, song, next } = await withStems(12, 300_000, limit);
    await alice.clicks('Stems', song);
    const card = await next(patience);
    expect(filesOf(card)).toHaveLength(6);
    expect(card.attachments.flatMap((file) => namesIn(file.bytes()))).toHaveLength(12);
    expect(Math.max(...card.attachments.map(({ size }) => size))).toBeLessThanOrEqual(limit);
    expect(rig.discord.journal.count(({ status }) => status === 413)).toBe(0);
    expect(rig.discord.violations).toEqual([]);
  });

  it('that are more than all zips hold are linked, with the caveat', async () => {
    const { rig, alice, song, next } = await withStems(24, 300_000, 500_000);
    await alice.clicks('Stems', song);
    const card = await next(patience);
    const zips = card.attachments.filter(({ filename }) => filename.endsWith('.zip'));
    expect(zips).toHaveLength(9);
    const list =
      card.attachments
        .find(({ filename }) => filename === 'links.txt')
        ?.bytes()
        .toString() ?? '';
    expect(list.match(/^http/gm)).toHaveLength(15);
    expect(card.text()).toContain('may stop working');
    expect(rig.discord.violations).toEqual([]);
  });

  it('that are each too large are linked, with the caveat', async () => {
    const { rig, alice, song, next } = await withStems(2, 300_000, 200_000);
    await alice.clicks('Stems', song);
    const card = await next(patience);
    expect(filesOf(card)).toEqual([]);
    expect(card.text().match(/too large to attach here/g)).toHaveLength(2);
    expect(card.text()).toContain('may stop working');
    expect(rig.discord.violations).toEqual([]);
  });

  it('in zips that Discord finds too large after all come in smaller ones', async () => {
    const { rig, alice, song, next } = await withStems(12, 1.5 * MiB, 25 * MiB);
    await alice.clicks('Stems', song);
    rig.discord.uploadLimitBytes = 10 * MiB;
    const card = await next(patience);
    expect(card.attachments.flatMap((file) => namesIn(file.bytes()))).toHaveLength(12);
    expect(rig.discord.journal.count(({ status }) => status === 413)).toBe(1);
  });

  it('of which some are no audio come without those', async () => {
    const { rig, alice, song, next } = await withStems(3, 50_000);
    let asked = 0;
    rig.songApi.faults.add(
      ({ path }) => /\/clips\//.test(path) && (asked += 1) === 2,
      { kind: 'answer', status: 200, body: '<html>gone</html>' },
      1,
    );
    await alice.clicks('Stems', song);
    const card = await next(patience);
    expect(filesOf(card)).toEqual(['Harbour_-_Stem_1.wav', 'Harbour_-_Stem_3.wav']);
    expect(card.text()).toContain("What came as Stem 2 can't be played");
  });

  it('of which none is audio end in a plain sentence with the credits back', async () => {
    const { rig, alice, song, next } = await withStems(3, 50_000);
    rig.songApi.faults.add(
      ({ path }) => path.includes('/clips/'),
      { kind: 'answer', status: 200, body: '<html>gone</html>' },
      99,
    );
    await alice.clicks('Stems', song);
    const card = await next(patience);
    expect(card.text()).toContain('is not what it should be');
    expect(card.text()).toContain('Nothing was charged');
    await rig.discord.until('its files are gone', () => leftovers(rig).length === 0);
  });
});
