/** Samples per second of everything the composer makes. */
export const sampleRate = 44_100;

/** A stereo track: both sides of equal length, full scale at 1. */
export interface Stereo {
  left: Float32Array<ArrayBuffer>;
  right: Float32Array<ArrayBuffer>;
}

export function silence(samples: number): Stereo {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

export function addTo(target: Stereo, source: Stereo, gain = 1): void {
  for (let index = 0; index < target.left.length; index += 1) {
    target.left[index] = target.left[index]! + source.left[index]! * gain;
    target.right[index] = target.right[index]! + source.right[index]! * gain;
  }
}

/** Gains of both sides for a place between -1 (left) and 1 (right), at equal power. */
export function panned(place: number): [left: number, right: number] {
  const angle = ((place + 1) * Math.PI) / 4;
  return [Math.cos(angle), Math.sin(angle)];
}
