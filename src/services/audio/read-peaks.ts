/** Peaks of a WAVE file, which needs no decoder. Runs in the process for strangers' files. */
import { NotAudio } from './audio-file.ts';
import { mediabunny } from './mediabunny.ts';
import { PeakMeter } from './peak-meter.ts';

const { AudioSampleSink, FilePathSource, Input, WAVE } = mediabunny;

/** From 0 to 1. Throws `NotAudio`. */
export async function readPeaks(path: string, points: number, seconds: number): Promise<number[]> {
  const input = new Input({ source: new FilePathSource(path), formats: [WAVE] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new NotAudio('no audio track');
    const meter = new PeakMeter(points, seconds * (await track.getSampleRate()));
    for await (const sample of new AudioSampleSink(track).samples()) {
      const { numberOfChannels: channels } = sample;
      const values = new Float32Array(sample.numberOfFrames * channels);
      sample.copyTo(values, { format: 'f32', planeIndex: 0 });
      sample.close();
      for (let at = 0; at < values.length; at += channels) {
        let loudest = 0;
        for (const value of values.subarray(at, at + channels)) loudest = Math.max(loudest, Math.abs(value));
        meter.add(loudest);
      }
    }
    return meter.peaks;
  } finally {
    input.dispose();
  }
}
