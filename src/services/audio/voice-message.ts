/** The beginning of a song as a voice message, which phones play right in the chat. */
import { rm } from 'node:fs/promises';
import type { Logger } from '../logger.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import { probeAudio, type AudioFile } from './probe.ts';
import { waveform, waveformBytes } from './waveform.ts';

export interface VoiceMessage {
  /** Opus in Ogg; Discord wants a content type that begins with "audio/". */
  path: string;
  fileName: string;
  bytes: number;
  /** For the attachment's `duration_secs`. */
  seconds: number;
  /** For the attachment's `waveform`: base64. */
  waveform: string;
}

export interface VoiceOptions {
  ffmpeg: Ffmpeg | undefined;
  log: Logger;
  /** 60 when absent. */
  longestSeconds?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** resources/message, "Voice Messages": at most 256 points, at most one each 100 ms. */
const mostPoints = 256;
const pointsPerSecond = 10;
const fadeSeconds = 2;
const mostBytes = 2 * 1024 * 1024;

/** Lies beside the song. Undefined where this machine can't make one; the log says why when it should have. */
export async function makeVoiceMessage(
  file: AudioFile,
  { ffmpeg, log, longestSeconds = 60, signal }: VoiceOptions,
): Promise<VoiceMessage | undefined> {
  if (ffmpeg === undefined || !ffmpeg.encoders.has('libopus')) return undefined;
  const path = `${file.path}.voice`;
  try {
    // What Discord's own clients send, but with bits enough for music.
    const opus = '-c:a libopus -ac 1 -ar 48000 -b:a 64000 -f ogg'.split(' ');
    const as = ['-t', `${longestSeconds}`, ...fade(file.seconds, longestSeconds), ...opus];
    await ffmpeg.run({ input: file, as, to: path, maxBytes: mostBytes, signal });
    const made = await probeAudio(path);
    const points = Math.min(mostPoints, Math.max(1, Math.floor(made.seconds * pointsPerSecond)));
    const peaks = await waveform(made, { points, ffmpeg, log, signal });
    if (peaks === undefined) throw new Error('no waveform');
    const { bytes, seconds } = made;
    return { path, fileName: 'voice-message.ogg', bytes, seconds, waveform: waveformBytes(peaks) };
  } catch (error) {
    await rm(path, { force: true });
    signal?.throwIfAborted();
    log.warn({ err: error }, 'a song goes out without a voice message');
    return undefined;
  }
}

function fade(seconds: number, longest: number): string[] {
  if (seconds <= longest) return [];
  return ['-af', `afade=t=out:st=${longest - fadeSeconds}:d=${fadeSeconds}`];
}
