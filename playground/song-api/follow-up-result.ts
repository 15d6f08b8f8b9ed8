import type { ActionKind } from './actions.ts';
import type { SungWord } from './composer/composed-song.ts';
import { scoreOf } from './composer/piece-score.ts';
import type { Piece } from './composer/piece.ts';
import { inventLyrics, inventTitle, tellingWords } from './invent-words.ts';
import type { Platform } from './platform.ts';
import { SeededRandom } from './seeded-random.ts';
import type { SongOrder } from './song-order.ts';

/** What the actions without clips answer, in the shapes of TTAPI and musicapi; undefined for the others. */
export function followUpResult(
  kind: ActionKind,
  platform: Platform,
  order: SongOrder,
  parent: Piece | undefined,
  seed: () => number,
): unknown {
  switch (kind) {
    case 'lyrics': {
      const random = new SeededRandom(seed());
      const title = order.title || inventTitle(order.prompt, random);
      const lyrics = inventLyrics(order.prompt, random);
      // Stock Suno's lyrics are a `text` with a status.
      return platform === 'suno' ? { title, text: lyrics, status: 'complete' } : { title, lyrics };
    }
    case 'tags':
      return {
        upsampled_tags: [
          ...tellingWords(order.style),
          'warm analog mix',
          'memorable hook',
          'wide stereo',
        ].join(', '),
      };
    case 'bpm':
      return parent === undefined ? undefined : tempo(parent);
    case 'aligned-lyrics':
      return parent === undefined ? undefined : alignment(scoreOf(parent).score.words);
    default:
      return undefined;
  }
}

function tempo(piece: Piece): Record<string, number> {
  const { plans } = scoreOf(piece);
  const all = plans.map(({ plan }) => plan.bpm);
  const seconds = plans.reduce((sum, { from, to }) => sum + to - from, 0);
  const beats = plans.reduce((sum, { plan, from, to }) => sum + plan.bpm * (to - from), 0);
  return {
    avg_bpm: Math.round((beats / seconds) * 100) / 100,
    max_bpm: Math.max(...all),
    min_bpm: Math.min(...all),
  };
}

/** As Suno writes words: with the mark before the first of a part, a blank after each, a line's end after its last. */
function alignment(words: readonly SungWord[]): Record<string, unknown> {
  return {
    status: 'complete',
    alignment: words.map(({ word, start, end, line, mark }, index) => {
      const opens = mark !== '' && words[index - 1]?.line !== line;
      const closes = words[index + 1]?.line !== line;
      return {
        word: `${opens ? `${mark}\n` : ''}${word}${closes ? '\n' : ' '}`,
        success: true,
        start_s: start,
        end_s: end,
        p_align: 0.99,
      };
    }),
    waveform_data: [],
    hoot_cer: 0,
  };
}
