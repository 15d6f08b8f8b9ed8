import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Ffmpeg, type FfmpegRun } from '../../../../src/services/audio/ffmpeg.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let folder: string;
beforeEach(() => {
  folder = tempDir();
});

/** A program that says what an ffmpeg says, and then does `act`. */
async function pretended(act: string): Promise<Ffmpeg> {
  const path = join(folder, 'ffmpeg');
  const script = `#!/bin/sh
PATH=/usr/bin:/bin
case "$*" in
*-encoders*) echo ' V....D libx264   H.264'; echo ' A....D libopus   Opus'; exit 0;;
esac
${act}
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  const found = await Ffmpeg.find({ command: path });
  if (found === undefined) throw new Error('not found');
  return found;
}

function order(overrides: Partial<FfmpegRun> = {}): FfmpegRun {
  const input = { path: join(folder, 'take'), bytes: 1, extension: 'mp3', mime: '', seconds: 1 };
  return { input, as: ['-c:a', 'x'], to: join(folder, 'out'), maxBytes: 1000, ...overrides };
}

describe('an ffmpeg', () => {
  it('is found by name or path, with what it can encode', async () => {
    expect((await pretended('')).encoders).toEqual(new Set(['libopus']));
    expect((await Ffmpeg.find({ searchPath: folder }))?.encoders).toEqual(new Set(['libopus']));
  });

  it('that is missing or broken is none', async () => {
    expect(await Ffmpeg.find({ command: join(folder, 'nothing') })).toBeUndefined();
    expect(await Ffmpeg.find({ searchPath: folder })).toBeUndefined();
    writeFileSync(join(folder, 'broken'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(await Ffmpeg.find({ command: join(folder, 'broken') })).toBeUndefined();
  });
});

describe('a run', () => {
  it('knows no secrets', async () => {
    process.env['DISCORD_TOKEN'] = 'a-secret-of-the-bot';
    onTestFinished(() => void delete process.env['DISCORD_TOKEN']);
    const ffmpeg = await pretended(`env > ${folder}/env`);
    await ffmpeg.run(order());
    expect(readFileSync(join(folder, 'env'), 'utf8')).not.toContain('a-secret-of-the-bot');
  });

  it('is bounded, names its container, and takes no word for an option', async () => {
    const ffmpeg = await pretended(`printf '%s\\n' "$@" > ${folder}/args`);
    await ffmpeg.run(order());
    const args = readFileSync(join(folder, 'args'), 'utf8').split('\n');
    const after = (name: string): string | undefined => args[args.indexOf(name) + 1];
    expect(args.slice(0, args.indexOf('-i'))).toEqual(
      expect.arrayContaining([
        '-nostdin',
        '-protocol_whitelist',
        '-codec_whitelist',
        '-timelimit',
        '-max_alloc',
      ]),
    );
    expect(after('-protocol_whitelist')).toBe('file,pipe');
    expect(after('-f')).toBe('mp3');
    expect(after('-i')).toBe(`file:${folder}/take`);
    expect(after('-fs')).toBe('1000');
    expect(args.at(-2)).toBe(`file:${folder}/out`);
  });

  it('of an unknown kind is none', async () => {
    const ffmpeg = await pretended('');
    const input = { ...order().input, extension: 'm3u8' };
    await expect(ffmpeg.run(order({ input }))).rejects.toThrow('is not given m3u8 files');
  });

  it('that fails or crashes says so', async () => {
    await expect((await pretended('exit 69')).run(order())).rejects.toThrow('ended with 69');
    await expect((await pretended('kill -SEGV $$')).run(order())).rejects.toThrow('ended by SIGSEGV');
  });

  it('gives its output in pieces', async () => {
    const chunks: Buffer[] = [];
    const ffmpeg = await pretended('printf abc; printf def');
    await ffmpeg.run(order({ to: (chunk) => chunks.push(chunk) }));
    expect(Buffer.concat(chunks).toString()).toBe('abcdef');
  });

  it('ends when nobody waits for it any more', async () => {
    const stop = new AbortController();
    const ffmpeg = await pretended(
      `echo $$ > ${folder}/pid.part; mv ${folder}/pid.part ${folder}/pid; exec sleep 60`,
    );
    const outcome = ffmpeg.run(order({ signal: stop.signal })).catch((error: unknown) => error);
    await vi.waitUntil(() => existsSync(join(folder, 'pid')), { timeout: 20_000 });
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    stop.abort(new Error('the song was deleted'));
    expect(await outcome).toEqual(new Error('the song was deleted'));
    await vi.waitUntil(() => !isRunning(pid), { timeout: 20_000 });
  });

  it('waits for its turn: never more than two at once', async () => {
    const ffmpeg = await pretended(`
mkdir ${folder}/one 2>/dev/null && mine=${folder}/one || { mkdir ${folder}/two && mine=${folder}/two || exit 3; }
sleep 0.1
rmdir $mine`);
    const runs = Array.from({ length: 6 }, (_, n) => ffmpeg.run(order({ to: join(folder, `out-${n}`) })));
    await expect(Promise.all(runs)).resolves.toHaveLength(6);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
