import { registerAacEncoder } from '@mediabunny/aac-encoder';
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { h264Still, type Picture } from './h264-still.ts';
import { sampleRate, type Stereo } from './stereo.ts';

registerAacEncoder();

/**
 * Encodes a track as AAC in MP4 (a film, if there is a picture to it) with its index in front, so that players can
 * start before the end has come. Equal tracks give equal bytes.
 */
export async function encodeMp4(
  track: Stereo,
  title: string,
  picture?: Picture,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const sound = new AudioSampleSource({ codec: 'aac', bitrate: 128_000 });
  const film = picture === undefined ? undefined : new EncodedVideoPacketSource('avc');
  if (film !== undefined) output.addVideoTrack(film);
  output.addAudioTrack(sound);
  output.setMetadataTags({ title });
  await output.start();
  const frames = picture && film ? addFrames(film, picture, track.left.length / sampleRate) : undefined;
  await Promise.all([frames, addSound(sound, track)]);
  await output.finalize();
  if (target.buffer === null) throw new Error('the muxer wrote nothing');
  return withoutTimes(new Uint8Array(target.buffer));
}

async function addSound(source: AudioSampleSource, track: Stereo): Promise<void> {
  const samples = track.left.length;
  const data = new Float32Array(samples * 2);
  data.set(track.left);
  data.set(track.right, samples);
  const sample = new AudioSample({
    data,
    format: 'f32-planar',
    numberOfChannels: 2,
    sampleRate,
    timestamp: 0,
  });
  await source.add(sample);
  sample.close();
  source.close();
}

/** One frame a second. */
async function addFrames(source: EncodedVideoPacketSource, picture: Picture, seconds: number): Promise<void> {
  const still = h264Still(picture);
  const { codec, description } = still;
  const decoderConfig = { codec, description, codedWidth: picture.size, codedHeight: picture.size };
  await source.add(new EncodedPacket(still.first, 'key', 0, 1), { decoderConfig });
  for (let second = 1; second < seconds; second += 1)
    await source.add(new EncodedPacket(still.again(second), 'delta', second, Math.min(1, seconds - second)));
  source.close();
}

const parents = new Set(['moov', 'trak', 'mdia']);
const timed = new Set(['mvhd', 'tkhd', 'mdhd']);

/** The muxer stamps the present time into three headers; without it equal songs are equal bytes. */
function withoutTimes(file: Uint8Array<ArrayBuffer>, from = 0, to = file.length): Uint8Array<ArrayBuffer> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = from; at + 8 <= to;) {
    const size = view.getUint32(at);
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (parents.has(name)) withoutTimes(file, at + 8, at + size);
    // After size, name, version and flags: creation and modification, 32 bits each in version 0, 64 in version 1.
    if (timed.has(name)) file.fill(0, at + 12, at + 12 + (file[at + 8] === 0 ? 8 : 16));
    if (size < 8) break;
    at += size;
  }
  return file;
}
