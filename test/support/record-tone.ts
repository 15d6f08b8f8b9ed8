import { registerAacEncoder } from '@mediabunny/aac-encoder';
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  Output,
  type AudioCodec,
  type OutputFormat,
} from 'mediabunny';

registerAacEncoder();
const sampleRate = 44_100;

/** A tone that grows from silence to half of full scale, made without ffmpeg. */
export async function recordTone(format: OutputFormat, codec: AudioCodec, seconds = 2): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new AudioSampleSource(codec === 'aac' ? { codec, bitrate: 64_000 } : { codec });
  output.addAudioTrack(source);
  await output.start();
  const length = sampleRate * seconds;
  const data = Float32Array.from({ length }, (_, n) => (Math.sin(n / 16) / 2) * (n / length));
  const sample = new AudioSample({ data, format: 'f32', numberOfChannels: 1, sampleRate, timestamp: 0 });
  await source.add(sample);
  sample.close();
  source.close();
  await output.finalize();
  if (target.buffer === null) throw new Error('nothing was recorded');
  return new Uint8Array(target.buffer);
}
