export interface Peaks {
  /** 0 to 1, the loudest is 1. */
  values: number[];
  seconds: number;
}

const known = new Map<string, Promise<Peaks>>();
let line: Promise<unknown> = Promise.resolve();

/** Decodes a song for its waveform; one at a time, so that fifty at once don't hold up the page. */
export function peaksOf(url: string, bars: number): Promise<Peaks> {
  const file = new URL(url).pathname;
  const before = known.get(file);
  if (before !== undefined) return before;
  const peaks = line.then(() => measure(url, bars));
  line = peaks.catch(() => undefined);
  known.set(file, peaks);
  return peaks;
}

async function measure(url: string, bars: number): Promise<Peaks> {
  const bytes = await (await fetch(url)).arrayBuffer();
  // Only what is needed for a picture: a low rate decodes into a fraction of the memory.
  const context = new OfflineAudioContext(1, 1, 8_000);
  const sound = await context.decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  const width = Math.max(1, Math.floor(samples.length / bars));
  const values = Array.from({ length: bars }, (_, bar) => {
    let sum = 0;
    for (let at = bar * width; at < (bar + 1) * width; at += 4) sum += (samples[at] ?? 0) ** 2;
    return Math.sqrt((sum * 4) / width);
  });
  const top = Math.max(...values, 0.001);
  return { values: values.map((value) => value / top), seconds: sound.duration };
}
