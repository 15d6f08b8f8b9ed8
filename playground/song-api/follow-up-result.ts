import { planSong } from './composer/song-plan.ts';
import { writeScore } from './composer/write-score.ts';
import type { ActionKind } from './action-kind.ts';
import { inventLyrics, inventTitle, tellingWords } from './invent-words.ts';
import { SeededRandom } from './seeded-random.ts';
import type { SongOrder } from './song-order.ts';
import type { UpstreamClip } from './upstream-job.ts';

/** What the actions without clips answer, in the shapes of TTAPI and musicapi; undefined for the others. */
export function followUpResult(
  kind: ActionKind,
  order: SongOrder,
  parent: UpstreamClip | undefined,
  seed: () => number,
): unknown {
  switch (kind) {
    case 'lyrics': {
      const random = new SeededRandom(seed());
      return {
        title: order.title || inventTitle(order.prompt, random),
        lyrics: inventLyrics(order.prompt, random),
      };
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
    case 'bpm': {
      if (parent === undefined) return undefined;
      const { bpm } = planSong(parent.request);
      return { avg_bpm: bpm, max_bpm: bpm, min_bpm: bpm };
    }
    case 'aligned-lyrics': {
      if (parent === undefined) return undefined;
      const { words } = writeScore(planSong(parent.request));
      return {
        status: 'complete',
        alignment: words.map(({ word, start, end }) => ({
          word: `${word} `,
          success: true,
          start_s: start,
          end_s: end,
          p_align: 1,
        })),
        waveform_data: [],
        hoot_cer: 0,
      };
    }
    default:
      return undefined;
  }
}
