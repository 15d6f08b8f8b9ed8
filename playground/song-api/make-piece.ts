import type { ActionKind } from './actions.ts';
import { barLineNear, scoreOf } from './composer/piece-score.ts';
import { recast, wordsOf, type Piece } from './composer/piece.ts';
import type { Keeps, SongRequest } from './composer/song-request.ts';
import { leadInSeconds } from './composer/time-grid.ts';
import type { Platform } from './platform.ts';
import type { SongOrder } from './song-order.ts';
import type { UpstreamClip } from './upstream-job.ts';

/** What a follow-up that makes music has to go by. */
export interface Making {
  kind: ActionKind;
  platform: Platform;
  order: SongOrder;
  /** The clips that the order names, in its order; at least one. */
  parents: readonly [UpstreamClip, ...UpstreamClip[]];
  /** Of what is new in it. */
  seed: number;
  /** How much longer an extension gets. */
  seconds: number;
}

export type Made = Pick<UpstreamClip, 'piece' | 'continues'> | { failure: string };

const polish = { subtle: 0.1, normal: 0.2, high: 0.35 } as const;

/** A piece out of other pieces. */
export function makePiece(making: Making): Made {
  const { kind, order, parents, seed } = making;
  const [{ piece }, second] = parents;
  switch (kind) {
    case 'extend':
      return extend(making);
    case 'sample':
      return sample(making);
    case 'replace':
      return replace(making);
    case 'concat':
      return concat(parents);
    case 'mashup':
      if (second === undefined) return { failure: 'a mashup needs two clips' };
      // The first song's chords and words, by the second one's band.
      return { piece: recast(piece, heir(making, 'chords', wordsOf(second.piece))) };
    case 'cover':
      return { piece: recast(piece, heir(making, 'chords')) };
    case 'variation':
      return { piece: recast(piece, heir(making, 'band')) };
    case 'other-voice':
      return { piece: recast(piece, (request) => ({ ...again(making, request), otherVoice: true })) };
    case 'add-vocals':
      return { piece: recast(piece, (request) => ({ ...again(making, request), instrumental: false })) };
    case 'remaster':
      return { piece: recast(piece, (of) => ({ ...again(making, of), polish: polish[order.polish] })) };
    default:
      return { failure: `${kind} makes no music (seed ${seed})` };
  }
}

/** A song's heir: the order's own words and lyrics where it has any. */
function heir({ order, seed }: Making, keeps: Keeps, others?: string): (request: SongRequest) => SongRequest {
  return (request) => ({
    words: ownWords(order) || others || request.words,
    title: order.title || request.title,
    lyrics: order.lyrics || request.lyrics,
    instrumental: order.instrumental || (request.instrumental && order.lyrics === ''),
    seconds: request.seconds,
    seed,
    kin: { of: request, keeps },
    ...(request.sound === undefined ? {} : { sound: request.sound }),
  });
}

function again(making: Making, request: SongRequest): SongRequest {
  return heir(making, 'everything')(request);
}

function ownWords(order: SongOrder): string {
  return [order.prompt, order.style].filter((words) => words !== '').join(', ');
}

/** Goes on at a bar line in the same key, tempo and theme. Suno's clip is the new part alone, Producer's the whole song. */
function extend(making: Making): Made {
  const { platform, order, parents } = making;
  const [{ piece }] = parents;
  const score = scoreOf(piece);
  const { at: cut, plan } = barLineNear(score, order.startsAt ?? score.seconds);
  const sequel = continuation(making, plan.request, linesAfter(piece, cut));
  const continues = { piece, at: cut };
  return { piece: platform === 'suno' ? sequel : goOn(continues, sequel), continues };
}

function continuation(making: Making, of: SongRequest, lyrics: string): Piece {
  const request = heir(making, 'theme')(of);
  const sung = making.order.lyrics || lyrics || request.lyrics;
  return { is: 'song', request: { ...request, lyrics: sung, seconds: making.seconds } };
}

/** What is kept, then the sequel without the silence before its first bar. */
function goOn({ piece, at }: NonNullable<UpstreamClip['continues']>, sequel: Piece): Piece {
  const { seconds } = scoreOf(sequel);
  return {
    is: 'joined',
    spans: [
      { piece, from: 0, to: at },
      { piece: sequel, from: leadInSeconds, to: seconds },
    ],
  };
}

/** The lines that were not sung yet by then. */
function linesAfter(piece: Piece, seconds: number): string {
  const { score, plans } = scoreOf(piece);
  const lines = plans[0].plan.request.lyrics.split('\n').filter((line) => line.trim() !== '');
  const sung = new Set(score.words.filter(({ start }) => start < seconds).map(({ line }) => line)).size;
  const texts = lines.filter((line) => !/^\s*\[.*\]\s*$/.test(line));
  return sung < texts.length ? texts.slice(sung).join('\n') : '';
}

function sample(making: Making): Made {
  const { order, parents } = making;
  const [{ piece }] = parents;
  const score = scoreOf(piece);
  const from = Math.min(order.startsAt ?? 0, score.seconds);
  const to = Math.min(order.endsAt ?? from + 10, score.seconds);
  if (to - from < 1) return { failure: 'the sample is too short' };
  const { plan } = barLineNear(score, to);
  const sequel = continuation(making, plan.request, '');
  const { seconds } = scoreOf(sequel);
  return {
    piece: {
      is: 'joined',
      spans: [
        { piece, from, to },
        { piece: sequel, from: leadInSeconds, to: seconds },
      ],
    },
  };
}

/** Only what is between the two moments is new: in a new style, or to a new tune. */
function replace(making: Making): Made {
  const { order, parents } = making;
  const [{ piece }] = parents;
  const { seconds } = scoreOf(piece);
  const from = Math.max(0, order.startsAt ?? 0);
  // Documented: without an end it is replaced up to the end.
  const to = Math.min(seconds, order.endsAt ?? seconds);
  if (to - from < 0.5) return { failure: 'the segment is too short' };
  const changed = recast(piece, heir(making, ownWords(order) === '' ? 'band' : 'chords'));
  const spans = [
    { piece, from: 0, to: from },
    { piece: changed, from, to },
    { piece, from: to, to: seconds },
  ];
  return { piece: { is: 'joined', spans: spans.filter((span) => span.to > span.from) } };
}

/** Several clips one after the other; of a single one, what it extends and the extension. */
function concat(parents: Making['parents']): Made {
  const [only, ...others] = parents;
  if (others.length > 0) {
    const spans = parents.map(({ piece, seconds }) => ({ piece, from: 0, to: seconds }));
    return { piece: { is: 'joined', spans } };
  }
  if (only.continues === undefined) return { failure: 'the clip extends nothing' };
  const isWhole = only.piece.is === 'joined';
  return { piece: isWhole ? only.piece : goOn(only.continues, only.piece) };
}
