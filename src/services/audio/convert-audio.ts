/** Makes another kind of file of a song, as far as this machine can. */
import { rm } from 'node:fs/promises';
import type { Logger } from '../logger.ts';
import { CutShort } from './apart.ts';
import { FfmpegFailed, type Ffmpeg } from './ffmpeg.ts';
import { NotAudio, probeAudio, type AudioFile } from './probe.ts';
import { tagAudio, writeAnew, type SongTags } from './tag-audio.ts';

export const audioFormats = ['m4a', 'mp3', 'wav', 'ogg'] as const;
export type AudioFormat = (typeof audioFormats)[number];

/** `unable`: nothing here can make it. `too-large`: not within the bytes. `failed`: it was tried and came to nothing. */
export class CannotConvert extends Error {
  readonly why: 'unable' | 'too-large' | 'failed';

  constructor(why: CannotConvert['why'], cause?: unknown) {
    super(`a song could not be converted: ${why}`, cause === undefined ? {} : { cause });
    this.name = 'CannotConvert';
    this.why = why;
  }
}

export interface ConvertOptions {
  to: AudioFormat;
  ffmpeg: Ffmpeg | undefined;
  /** The result is not larger; where it can, it is encoded so that it fits. */
  maxBytes: number;
  tags: SongTags;
  log: Logger;
  signal?: AbortSignal | undefined;
}

/** Encoders in the order in which they are wished for. */
const recipes: Record<AudioFormat, { encoders: readonly string[]; as: readonly string[]; bitRate?: number }> =
  {
    m4a: { encoders: ['aac'], as: ['-f', 'mp4', '-movflags', '+faststart'], bitRate: 192_000 },
    mp3: { encoders: ['libmp3lame'], as: ['-f', 'mp3', '-id3v2_version', '0'], bitRate: 192_000 },
    wav: { encoders: ['pcm_s16le'], as: ['-f', 'wav'] },
    ogg: { encoders: ['libopus', 'libvorbis'], as: ['-f', 'ogg'], bitRate: 128_000 },
  };
/** Below it music hurts. */
const lowestBitRate = 48_000;
/** For tables, the tags and a usual cover. */
const overheadBytes = 200_000;
/** Encoders add silence, some containers count it. */
const toleratedSeconds = 0.5;

/** What `convertAudio` can make of a file with this ending; the kind it has already is always among them. */
export function formatsFor(extension: string, ffmpeg: Ffmpeg | undefined): Set<AudioFormat> {
  const can = (format: AudioFormat): boolean =>
    format === extension || isRewrap(extension, format) || encoderFor(format, ffmpeg) !== undefined;
  return new Set(audioFormats.filter(can));
}

/**
 * The result lies beside the given file and carries the tags; a file of that kind that fits is given back as it is.
 * Throws `CannotConvert`, or the signal's reason.
 */
export async function convertAudio(file: AudioFile, options: ConvertOptions): Promise<AudioFile> {
  const { to, maxBytes, tags, log } = options;
  if (file.extension === to && file.bytes <= maxBytes) return file;
  if (isRewrap(file.extension, to)) return rewrap(file, options);
  const path = `${file.path}.${to}`;
  try {
    const plain = await encode(file, path, options);
    const tagged = await tagAudio(plain, tags, log);
    if (tagged === plain) return plain;
    const [kept, spare] = tagged.bytes <= maxBytes ? [tagged, plain] : [plain, tagged];
    await rm(spare.path, { force: true });
    return kept;
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof FfmpegFailed || error instanceof NotAudio) throw new CannotConvert('failed', error);
    throw error;
  }
}

async function encode(
  file: AudioFile,
  path: string,
  { to, ffmpeg, maxBytes, signal }: ConvertOptions,
): Promise<AudioFile> {
  const { as, bitRate } = recipes[to];
  const encoder = encoderFor(to, ffmpeg);
  const isSmaller = file.extension !== to || bitRate !== undefined;
  if (ffmpeg === undefined || encoder === undefined || !isSmaller)
    throw new CannotConvert(file.extension === to ? 'too-large' : 'unable');
  const rate = bitRate === undefined ? [] : ['-b:a', `${bitRateFor(file.seconds, bitRate, maxBytes)}`];
  const channels = ['-af', 'aformat=channel_layouts=mono|stereo'];
  await ffmpeg.run({
    input: file,
    as: ['-c:a', encoder, ...rate, ...channels, ...as],
    to: path,
    maxBytes,
    signal,
  });
  const made = await probeAudio(path);
  // What has reached the limit ends there.
  const missing = file.seconds - made.seconds;
  if (made.bytes > maxBytes || missing > toleratedSeconds) throw new CannotConvert('too-large');
  return made;
}

function bitRateFor(seconds: number, wished: number, maxBytes: number): number {
  const most = Math.floor(((maxBytes - overheadBytes) * 8 * 0.97) / seconds);
  if (most < lowestBitRate) throw new CannotConvert('too-large');
  return Math.min(wished, most);
}

function encoderFor(format: AudioFormat, ffmpeg: Ffmpeg | undefined): string | undefined {
  return recipes[format].encoders.find((encoder) => ffmpeg?.encoders.has(encoder));
}

/** AAC without a container only needs one. */
function isRewrap(extension: string, to: AudioFormat): boolean {
  return extension === 'aac' && to === 'm4a';
}

async function rewrap(file: AudioFile, { to, maxBytes, tags }: ConvertOptions): Promise<AudioFile> {
  const path = `${file.path}.${to}`;
  const made = await writeAnew(file, path, to, tags).catch((error: unknown) => {
    throw error instanceof CutShort ? new CannotConvert('failed', error) : error;
  });
  if (made.bytes <= maxBytes) return made;
  await rm(path, { force: true });
  throw new CannotConvert('too-large');
}
