/**
 * What a downloaded file really is, by its bytes. The media host's content type and the address's ending are only
 * claims. Reads heads and the sample table, not the whole file.
 */
import { open, stat } from 'node:fs/promises';
import type { InputFormat } from 'mediabunny';
import { NotAudio, type AudioFile } from './audio-file.ts';
import { mediabunny } from './mediabunny.ts';

const { ADTS, EncodedPacketSink, FilePathSource, FLAC, Input, MP3, MP4, OGG, QTFF, WAVE } = mediabunny;

const kinds = new Map<InputFormat, { extension: string; mime: string }>([
  [MP4, { extension: 'm4a', mime: 'audio/mp4' }],
  [QTFF, { extension: 'm4a', mime: 'audio/mp4' }],
  [MP3, { extension: 'mp3', mime: 'audio/mpeg' }],
  [WAVE, { extension: 'wav', mime: 'audio/wav' }],
  [OGG, { extension: 'ogg', mime: 'audio/ogg' }],
  [FLAC, { extension: 'flac', mime: 'audio/flac' }],
  [ADTS, { extension: 'aac', mime: 'audio/aac' }],
]);

/** Throws `NotAudio` for anything that has no audio track, has no end, or breaks off before it. */
export async function readAudio(path: string): Promise<AudioFile> {
  const { size } = await stat(path);
  const input = new Input({ source: new FilePathSource(path), formats: [...kinds.keys()] });
  try {
    const format = await input.getFormat();
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new NotAudio('no audio track');
    if ((await input.getPrimaryVideoTrack()) !== null) throw new NotAudio('a video');
    const seconds = await track.computeDuration();
    if (!(seconds > 0 && seconds < 6 * 3600)) throw new NotAudio('no length');
    // A file that was cut off still has its table of contents in front: only its last packet is missing.
    const last = await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY);
    if (last === null || last.data.byteLength === 0) throw new NotAudio('broken off');
    if (format === WAVE && (await isCutWave(path, size))) throw new NotAudio('broken off');
    const kind = kinds.get(format);
    if (kind === undefined) throw new NotAudio('an unknown container');
    return { path, bytes: size, seconds, ...kind };
  } catch (error) {
    if (error instanceof NotAudio) throw error;
    throw new NotAudio('unreadable', error);
  } finally {
    input.dispose();
  }
}

/** A WAVE file is played to wherever it ends; only its head says how long it was meant to be (0 and -1: unknown). */
async function isCutWave(path: string, size: number): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const announced = buffer.readUInt32LE(4);
    return announced !== 0 && announced !== 0xffff_ffff && announced + 8 > size;
  } finally {
    await file.close();
  }
}
