import type { ActionKind } from './actions.ts';
import type { Composer } from './composer/composer.ts';
import { scoreOf } from './composer/piece-score.ts';
import type { Piece } from './composer/piece.ts';
import { stemsOf, type StemKit } from './composer/tracks.ts';
import { midiInstruments, writeMidi } from './composer/write-midi.ts';
import type { TaskScript } from './emulated-task.ts';
import { largeWav } from './large-wav.ts';
import type { Platform } from './platform.ts';
import { shelves } from './shelves.ts';
import type { SongOrder } from './song-order.ts';
import type { Shapes } from './switches.ts';
import type { UpstreamClip, UpstreamJob } from './upstream-job.ts';

interface Deriving {
  kind: ActionKind;
  platform: Platform;
  order: SongOrder;
  script: TaskScript;
  parent: UpstreamClip;
  composer: Composer;
  shapes: Shapes;
  origin: () => string;
  /** A new clip under a new id. */
  clip: (made: { piece: Piece; title?: string }) => UpstreamClip;
}

/** Files that are made of a finished clip without new music: stems, formats, a film, notes. Undefined for the rest. */
export function deriveFiles(deriving: Deriving): UpstreamJob | undefined {
  switch (deriving.kind) {
    case 'stems':
      return stems(deriving, deriving.platform === 'producer' ? 'four' : 'two');
    case 'all-stems':
      return stems(deriving, 'all');
    case 'acapella':
      return acapella(deriving);
    case 'download':
      return download(deriving);
    case 'wav':
      return wav(deriving);
    case 'video':
      return video(deriving);
    case 'midi':
      return midi(deriving);
    default:
      return undefined;
  }
}

/** TTAPI names the track in the title: "Weekend Morning (Vocals)". */
function stems({ parent, platform, script, shapes, clip }: Deriving, kit: StemKit): UpstreamJob {
  const { score, plans } = scoreOf(parent.piece);
  const names = stemsOf(plans[0].plan, score, kit).map(({ name }) => name);
  const large = script.largeStems;
  const wanted = large === undefined ? names : Array.from({ length: large.count }, (_, n) => `Stem ${n + 1}`);
  const clips = wanted.map((name, index): UpstreamClip => {
    const piece: Piece = large === undefined ? { is: 'stem', of: parent.piece, kit, name } : parent.piece;
    const stem = clip({ piece, title: `${parent.title} (${name})` });
    if (large === undefined) return stem;
    const file = largeWav(large.bytes, index);
    return { ...stem, file: { content: async () => file, contentType: 'audio/wav' } };
  });
  const job: UpstreamJob = { clips, files: [], ready: true };
  if (platform === 'suno' || shapes.stems === 'clips') return job;
  const urls = clips.map(({ audioUrl }, index) => [wanted[index]!.toLowerCase(), audioUrl]);
  return { ...job, result: Object.fromEntries(urls) as Record<string, string> };
}

function acapella({ order, parent, shapes, clip }: Deriving): UpstreamJob {
  const { score, plans, seconds } = scoreOf(parent.piece);
  const [from, to] = [order.startsAt ?? 0, Math.min(seconds, order.endsAt ?? seconds)];
  if (!stemsOf(plans[0].plan, score, 'two').some(({ name }) => name === 'Vocals'))
    return failed('no vocals in this clip');
  if (to <= from) return failed('the span is empty');
  // musicapi: a span that is asked for is 30 s at most.
  if (order.endsAt !== null && to - from > 30) return failed('the span is longer than 30 seconds');
  const voice: Piece = { is: 'stem', of: parent.piece, kit: 'two', name: 'Vocals' };
  const piece: Piece = { is: 'joined', spans: [{ piece: voice, from, to }] };
  const made = clip({ piece, title: `${parent.title} (Vocals)` });
  const job: UpstreamJob = { clips: [made], files: [], ready: true };
  if (shapes.acapella === 'clip') return job;
  const result = {
    vox_audio_id: made.clipId,
    status: 'complete',
    source_clip_id: parent.clipId,
    vocal_start_s: from,
    vocal_end_s: to,
    wave_response: null,
  };
  return { ...job, result };
}

function download(deriving: Deriving): UpstreamJob {
  const { order, parent, platform, shapes, composer, origin } = deriving;
  const { format } = order;
  if (format !== 'm4a' && format !== 'wav') return failed(`format ${format} is not available`);
  const path = shelves[platform].other(parent.clipId, format);
  const url = `${origin()}${path}`;
  const content =
    format === 'wav'
      ? () => composer.wav(parent.piece)
      : (parent.file?.content ?? (async () => (await composer.song(parent.piece, parent.title)).audio));
  const contentType = format === 'wav' ? 'audio/wav' : (parent.file?.contentType ?? 'audio/mp4');
  const job = { files: [{ path, contentType, content }], resultUrl: url, ready: true };
  if (shapes.download === 'url') return { ...job, clips: [], result: { url, format } };
  return { ...job, clips: [format === 'wav' ? { ...parent, wavUrl: url } : { ...parent, audioUrl: url }] };
}

function wav({ parent, platform, shapes, composer, origin }: Deriving): UpstreamJob {
  const path = shelves[platform].other(parent.clipId, 'wav');
  const url = `${origin()}${path}`;
  const files = [{ path, contentType: 'audio/wav', content: () => composer.wav(parent.piece) }];
  return shapes.wav === 'url'
    ? { clips: [], files, result: { url }, ready: true }
    : { clips: [{ ...parent, wavUrl: url }], files, ready: true };
}

function video({ parent, platform, composer, origin }: Deriving): UpstreamJob {
  const path = shelves[platform].other(parent.clipId, 'mp4');
  const url = `${origin()}${path}`;
  const content = (): Promise<Buffer> => composer.video(parent.piece, parent.title);
  return {
    clips: [{ ...parent, videoUrl: url }],
    files: [{ path, contentType: 'video/mp4', content }],
    resultUrl: url,
    ready: true,
  };
}

function midi({ parent, platform, origin }: Deriving): UpstreamJob {
  const score = scoreOf(parent.piece);
  const path = shelves[platform].other(parent.clipId, 'mid');
  const content = async (): Promise<Buffer> => writeMidi(score, parent.title);
  return {
    clips: [],
    files: [{ path, contentType: 'audio/midi', content }],
    result: { midi_url: `${origin()}${path}`, instruments: midiInstruments(score) },
    ready: true,
  };
}

function failed(failure: string): UpstreamJob {
  return { clips: [], files: [], failure, ready: true };
}
