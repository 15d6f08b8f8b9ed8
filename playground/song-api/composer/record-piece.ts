import { limit } from './limit.ts';
import type { Piece } from './piece.ts';
import { scoreOf } from './piece-score.ts';
import { recordSong, type Recording } from './record-song.ts';
import { planSong } from './song-plan.ts';
import { addTo, sampleRate, silence, type Stereo } from './stereo.ts';
import { stemsOf, trackNames, type TrackName } from './tracks.ts';

/** Where two spans meet, one fades into the other for so many samples (6 ms). */
const seam = 256;

/** Plays a piece as it is sold: after the limiter. */
export function recordPiece(piece: Piece): Stereo {
  const { mix } = recordTracks(piece, false);
  const master = { left: mix.left.slice(), right: mix.right.slice() };
  limit(master);
  return master;
}

/** The piece before the limiter, with its tracks if they are asked for: they add up to the mix. */
export function recordTracks(piece: Piece, withTracks: boolean): Recording {
  switch (piece.is) {
    case 'song':
      return withTracks ? taken(piece) : recordSong(planSong(piece.request));
    case 'stem': {
      const { mix, tracks } = stem(piece);
      return { mix, tracks };
    }
    case 'joined':
      return join(piece, withTracks);
  }
}

/** The last song that was taken apart: its stems are asked for one after the other. */
let last: { key: string; recording: Recording } | undefined;

function taken(piece: Extract<Piece, { is: 'song' }>): Recording {
  const key = JSON.stringify(piece);
  if (last?.key !== key) last = { key, recording: recordSong(planSong(piece.request), { tracks: true }) };
  return last.recording;
}

function stem({ of, kit, name }: Extract<Piece, { is: 'stem' }>): Recording {
  const { score, plans } = scoreOf(of);
  const wanted = stemsOf(plans[0].plan, score, kit).find((candidate) => candidate.name === name);
  const { mix, tracks } = recordTracks(of, true);
  const kept = new Map([...tracks].filter(([track]) => wanted?.tracks.includes(track) === true));
  const sum = silence(mix.left.length);
  for (const track of kept.values()) addTo(sum, track);
  return { mix: sum, tracks: kept };
}

function join({ spans }: Extract<Piece, { is: 'joined' }>, withTracks: boolean): Recording {
  const recordings = new Map<string, Recording>();
  const parts = spans.map(({ piece, from, to }) => {
    const key = JSON.stringify(piece);
    const recording = recordings.get(key) ?? recordTracks(piece, withTracks);
    recordings.set(key, recording);
    return { recording, from: Math.round(from * sampleRate), to: Math.round(to * sampleRate) };
  });
  const length = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const gather = (track: (recording: Recording) => Stereo | undefined): Stereo => {
    const whole = silence(length);
    let at = 0;
    for (const [index, { recording, from, to }] of parts.entries()) {
      const source = track(recording);
      const joins = { before: index > 0, after: index < parts.length - 1 };
      if (source !== undefined) lay(whole, source, { at, from, to, ...joins });
      at += to - from;
    }
    return whole;
  };
  const tracks = new Map<TrackName, Stereo>();
  for (const name of trackNames)
    if (parts.some(({ recording }) => recording.tracks.has(name)))
      tracks.set(
        name,
        gather((recording) => recording.tracks.get(name)),
      );
  return { mix: gather((recording) => recording.mix), tracks };
}

interface Place {
  /** Samples: where it goes, and what part of the source goes there. */
  at: number;
  from: number;
  to: number;
  before: boolean;
  after: boolean;
}

/** Adds a span, and half a seam on either side where it has a neighbour. */
function lay(target: Stereo, source: Stereo, { at, from, to, before, after }: Place): void {
  const half = seam / 2;
  const start = before ? -half : 0;
  const end = to - from + (after ? half : 0);
  for (let index = start; index < end; index += 1) {
    const rise = before ? Math.min(1, (index + half) / seam) : 1;
    const fall = after ? Math.min(1, (to - from + half - index) / seam) : 1;
    const gain = rise * fall;
    const [into, out] = [at + index, from + index];
    if (into < 0 || into >= target.left.length) continue;
    target.left[into] = target.left[into]! + (source.left[out] ?? 0) * gain;
    target.right[into] = target.right[into]! + (source.right[out] ?? 0) * gain;
  }
}
