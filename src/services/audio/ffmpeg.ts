/**
 * The machine's own ffmpeg, where there is one: decodes and encodes what we can't. Strangers' files meet a lot of C
 * here, so each run is a process that knows one container and a handful of codecs, opens nothing but its input, has no
 * environment, little time, and gives way to everything else.
 */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import pLimit from 'p-limit';
import type { AudioFile } from './audio-file.ts';

export class FfmpegFailed extends Error {
  constructor(how: string, cause?: unknown) {
    super(`ffmpeg ${how}`, cause === undefined ? {} : { cause });
    this.name = 'FfmpegFailed';
  }
}

export interface FfmpegPlace {
  /** A name that is looked for in `searchPath`, or a path. */
  command?: string | undefined;
  /** As the environment's PATH. */
  searchPath?: string | undefined;
}

export interface FfmpegRun {
  input: AudioFile;
  /** What is to be made of the first audio track, as ffmpeg's output options without the file's name. */
  as: readonly string[];
  /** A path, or what takes the output in pieces. */
  to: string | ((chunk: Buffer) => void);
  /** The output ends there, without an error: the caller looks whether it is whole. */
  maxBytes: number;
  signal?: AbortSignal | undefined;
}

/** A search path, for operators who say nothing. */
export const usualPlaces = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin';

/** By the endings of `AudioFile`. Named, so that no file is taken for a playlist of other files. */
const demuxers: Record<string, string> = {
  m4a: 'mov',
  mp3: 'mp3',
  wav: 'wav',
  ogg: 'ogg',
  flac: 'flac',
  aac: 'aac',
};
const decoders =
  'aac,alac,mp3,mp3float,flac,opus,libopus,vorbis,libvorbis,pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_f64le,' +
  'pcm_alaw,pcm_mulaw,pcm_s16be,pcm_s24be';
/** Four minutes of AAC take ten seconds of computing. */
const cpuSeconds = 120;
/** On a busy machine it gets the last turn. */
const deadlineMs = 10 * 60_000;
const largestAllocation = 256 * 1024 * 1024;
/** More would leave nothing to the bot on a small machine. */
const atOnce = 2;

export class Ffmpeg {
  /** By ffmpeg's names, such as "libopus". */
  readonly encoders: ReadonlySet<string>;
  readonly #place: FfmpegPlace;
  readonly #turns = pLimit(atOnce);

  private constructor(place: FfmpegPlace, encoders: ReadonlySet<string>) {
    this.#place = place;
    this.encoders = encoders;
  }

  /** Undefined where there is none, or none that runs. */
  static async find(place: FfmpegPlace): Promise<Ffmpeg | undefined> {
    const chunks: Buffer[] = [];
    try {
      await start(place, ['-hide_banner', '-encoders'], (chunk) => chunks.push(chunk));
    } catch {
      return undefined;
    }
    // Rows such as " A....D libopus   libopus Opus (codec opus)".
    const rows = Buffer.concat(chunks)
      .toString('utf8')
      .matchAll(/^ A\S{5} (\S+)/gm);
    return new Ffmpeg(place, new Set([...rows].map((row) => row[1] ?? '')));
  }

  /** As it calls itself: "5.1.6-0+deb12u1". Throws `FfmpegFailed`. */
  async version(): Promise<string> {
    const chunks: Buffer[] = [];
    await start(this.#place, ['-version'], (chunk) => chunks.push(chunk));
    return (
      /^ffmpeg version (\S{1,80})/.exec(Buffer.concat(chunks).toString('utf8'))?.[1] ?? 'of unknown version'
    );
  }

  /** Throws `FfmpegFailed`, or the signal's reason. */
  async run({ input, as, to, maxBytes, signal }: FfmpegRun): Promise<void> {
    const demuxer = demuxers[input.extension];
    if (demuxer === undefined) throw new FfmpegFailed(`is not given ${input.extension} files`);
    const args = [
      ...'-nostdin -hide_banner -loglevel quiet -y'.split(' '),
      ...`-max_alloc ${largestAllocation} -timelimit ${cpuSeconds}`.split(' '),
      ...`-protocol_whitelist file,pipe -codec_whitelist ${decoders} -threads 1 -f ${demuxer}`.split(' '),
      '-i',
      `file:${input.path}`,
      // The file's own words and pictures stay behind.
      ...'-map 0:a:0 -map_metadata -1 -map_chapters -1 -fflags +bitexact -threads 1'.split(' '),
      '-fs',
      `${maxBytes}`,
      ...as,
      typeof to === 'string' ? `file:${to}` : 'pipe:1',
    ];
    const take = typeof to === 'string' ? undefined : to;
    await this.#turns(async () => {
      signal?.throwIfAborted();
      await start(this.#place, args, take, signal);
    });
  }
}

function start(
  { command = 'ffmpeg', searchPath }: FfmpegPlace,
  args: readonly string[],
  take?: (chunk: Buffer) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: searchPath === undefined ? {} : { PATH: searchPath },
      stdio: ['ignore', take === undefined ? 'ignore' : 'pipe', 'ignore'],
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
      signal,
      windowsHide: true,
    });
    child.once('error', (error) =>
      reject(signal?.aborted ? signal.reason : new FfmpegFailed('did not run', error)),
    );
    child.stdout?.on('data', take ?? (() => undefined));
    child.once('close', (code, killedBy) => {
      if (code === 0) resolve();
      else reject(new FfmpegFailed(killedBy === null ? `ended with ${code}` : `was ended by ${killedBy}`));
    });
    if (child.pid !== undefined) giveWay(child.pid);
  });
}

function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or this system has no priorities.
  }
}
