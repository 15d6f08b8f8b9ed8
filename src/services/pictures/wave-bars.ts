/** Loudness over time as `count` heights from 0 to 1. The loudest is 1, so that a quiet song is a waveform too. */
export function waveBars(peaks: readonly number[], count: number): number[] {
  const raw = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    const part = peaks.slice(from, to).map(level);
    // Between the mean, which is dull, and the highest, which is 1 nearly everywhere in a mastered song.
    const mean = part.reduce((sum, peak) => sum + peak, 0) / part.length;
    return (mean + Math.max(...part)) / 2;
  });
  const loudest = Math.max(...raw, 0);
  return loudest < silence ? raw.map(() => 0) : raw.map((height) => height / loudest);
}

/** What is quieter is not stretched. */
const silence = 0.001;

function level(peak: number): number {
  return Number.isFinite(peak) ? Math.min(Math.max(peak, 0), 1) : 0;
}
