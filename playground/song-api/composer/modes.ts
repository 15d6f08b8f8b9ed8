/** Scales as semitones above the tonic. */
const modes = {
  major: [0, 2, 4, 5, 7, 9, 11],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  minor: [0, 2, 3, 5, 7, 8, 10],
  phrygian: [0, 1, 3, 5, 7, 8, 10],
} as const;

export type ModeName = keyof typeof modes;

/** Whether the third is minor: the song sounds sad or dark rather than happy. */
export function isMinor(mode: ModeName): boolean {
  return modes[mode][2] === 3;
}

/** Four-bar walks through the chords, as degrees of the scale from 0. */
export const progressions: Record<ModeName, readonly (readonly number[])[]> = {
  major: [
    [0, 4, 5, 3],
    [0, 5, 3, 4],
    [0, 3, 0, 4],
    [5, 3, 0, 4],
    [0, 2, 3, 4],
    [3, 4, 2, 5],
  ],
  lydian: [
    [0, 1, 0, 4],
    [0, 4, 1, 0],
    [0, 1, 5, 4],
  ],
  mixolydian: [
    [0, 6, 3, 0],
    [0, 3, 6, 0],
    [0, 4, 6, 3],
  ],
  dorian: [
    [0, 3, 0, 6],
    [0, 2, 3, 0],
    [0, 6, 3, 4],
  ],
  minor: [
    [0, 5, 2, 6],
    [0, 3, 5, 4],
    [0, 6, 5, 6],
    [0, 5, 3, 6],
    [0, 2, 6, 5],
  ],
  phrygian: [
    [0, 1, 0, 6],
    [0, 1, 5, 1],
    [0, 6, 1, 0],
  ],
};

/** The note of a scale's degree (which may lie octaves away, or below 0) above the tonic `root` (a MIDI number). */
export function degreeToMidi(root: number, mode: ModeName, degree: number): number {
  const octave = Math.floor(degree / 7);
  return root + 12 * octave + modes[mode][degree - 7 * octave]!;
}
