import type { Piece } from './piece.ts';
import { partNames, pitchedParts, type Score } from './score.ts';
import { planSong, type SongPlan } from './song-plan.ts';
import { TimeGrid } from './time-grid.ts';
import { microphoneOf, stemsOf, type TrackName } from './tracks.ts';
import { writeScore } from './write-score.ts';

export interface PieceScore {
  score: Score;
  seconds: number;
  /** Each song in it, from when to when, and what it was planned as. */
  plans: readonly [PlanInPiece, ...PlanInPiece[]];
}

export interface PlanInPiece {
  plan: SongPlan;
  /** When it begins in the piece, and when the plan's own time begins: its second 0, which may be cut off. */
  from: number;
  zero: number;
  to: number;
}

/** All notes and words of a piece at the times at which they are heard in it. */
export function scoreOf(piece: Piece): PieceScore {
  switch (piece.is) {
    case 'song': {
      const plan = planSong(piece.request);
      const { seconds } = plan;
      return { score: writeScore(plan), seconds, plans: [{ plan, from: 0, zero: 0, to: seconds }] };
    }
    case 'stem': {
      const whole = scoreOf(piece.of);
      const [{ plan }] = whole.plans;
      const stem = stemsOf(plan, whole.score, piece.kit).find(({ name }) => name === piece.name);
      return { ...whole, score: onlyOf(whole.score, stem?.tracks ?? []) };
    }
    case 'joined': {
      let seconds = 0;
      const score = nothing();
      const plans: PlanInPiece[] = [];
      for (const { piece: part, from, to } of piece.spans) {
        const inner = scoreOf(part);
        append(score, inner.score, from, to, seconds - from);
        for (const one of inner.plans) {
          if (one.to <= from || one.from >= to) continue;
          const shift = seconds - from;
          plans.push({
            plan: one.plan,
            from: Math.max(from, one.from) + shift,
            zero: one.zero + shift,
            to: Math.min(to, one.to) + shift,
          });
        }
        seconds += to - from;
      }
      const [first, ...others] = plans;
      if (first === undefined) throw new RangeError('a piece of nothing');
      return { score, seconds, plans: [first, ...others] };
    }
  }
}

/** The end of a bar nearest to a moment, in the song that plays there. */
export function barLineNear({ plans }: PieceScore, seconds: number): { at: number; plan: SongPlan } {
  const inside = plans.find(({ to }) => seconds < to) ?? plans.at(-1)!;
  const { plan, zero, from, to } = inside;
  const grid = new TimeGrid(plan);
  const lines = Array.from({ length: plan.bars }, (_, bar) => zero + grid.at(bar + 1, 0)).filter(
    (line) => line >= from && line <= to,
  );
  const nearest = lines.reduce(
    (best, line) => (Math.abs(line - seconds) < Math.abs(best - seconds) ? line : best),
    lines[0] ?? to,
  );
  return { at: nearest, plan };
}

function nothing(): Score {
  return { drums: [], bass: [], chords: [], pad: [], lead: [], backing: [], vocals: [], words: [] };
}

function onlyOf(score: Score, tracks: readonly TrackName[]): Score {
  const kept: Score = { ...nothing(), words: tracks.includes('vocals') ? score.words : [] };
  kept.drums = score.drums.filter(({ drum }) => tracks.includes(microphoneOf(drum)));
  for (const part of pitchedParts) if (tracks.includes(part)) Object.assign(kept, { [part]: score[part] });
  return kept;
}

function append(target: Score, source: Score, from: number, to: number, shift: number): void {
  for (const part of partNames) {
    const kept = source[part]
      .filter(({ at }) => at >= from && at < to)
      .map((event) => ({
        ...event,
        at: event.at + shift,
        ...('seconds' in event ? { seconds: Math.min(event.seconds, to - event.at) } : {}),
      }));
    (target[part] as unknown[]).push(...kept);
  }
  const lines = (target.words.at(-1)?.line ?? -1) + 1;
  const words = source.words.filter(({ start }) => start >= from && start < to);
  const [{ line: firstLine } = { line: 0 }] = words;
  for (const word of words)
    target.words.push({
      ...word,
      start: word.start + shift,
      end: Math.min(word.end, to) + shift,
      line: lines + word.line - firstLine,
    });
}
