/** How loud a song is along its way, for pictures and for voice messages. */
import { z } from 'zod';
import type { Logger } from '../logger.ts';
import { runApart } from './apart.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { PeakMeter } from './peak-meter.ts';
import type { AudioFile } from './audio-file.ts';

export interface WaveformOptions {
  /** At least 1. */
  points: number;
  ffmpeg: Ffmpeg | undefined;
  log: Logger;
  signal?: AbortSignal | undefined;
}

/** Enough for the loudness of anything. */
const sampleRate = 8000;
/** 58 MB of WAV take two seconds. */
const limits = { cpuMs: 20_000, memoryMb: 128 };

/** One number for each of `points` equal stretches, from 0 silence to 1; undefined where it can't be decoded here. */
export async function waveform(file: AudioFile, options: WaveformOptions): Promise<number[] | undefined> {
  try {
    if (file.extension === 'wav') return await ofWave(file, options.points);
    return options.ffmpeg === undefined ? undefined : await byFfmpeg(file, options.ffmpeg, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    options.log.warn({ err: error }, 'a waveform could not be had');
    return undefined;
  }
}

/** The loudest moment is 255: as Discord wants it for a voice message. */
export function waveformBytes(peaks: readonly number[]): string {
  const loudest = Math.max(...peaks, 0.001);
  return Buffer.from(peaks.map((peak) => Math.round((peak / loudest) * 255))).toString('base64');
}

async function ofWave({ path, seconds }: AudioFile, points: number): Promise<number[]> {
  return z.array(z.number()).parse(await runApart({ do: 'peaks', path, points, seconds }, limits));
}

async function byFfmpeg(
  file: AudioFile,
  ffmpeg: Ffmpeg,
  { points, signal }: WaveformOptions,
): Promise<number[]> {
  const meter = new PeakMeter(points, file.seconds * sampleRate);
  await ffmpeg.run({
    input: file,
    as: `-c:a pcm_s16le -ac 1 -ar ${sampleRate} -f s16le`.split(' '),
    to: (piece) => meter.addBytes(piece),
    maxBytes: Math.ceil((file.seconds + 1) * sampleRate * 2),
    signal,
  });
  return meter.peaks;
}
