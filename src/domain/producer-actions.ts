/**
 * The Producer group's 14 entries of the song API's menu. Its own page says that only MUSIC is enabled; the others are
 * tried when somebody wants them, and remembered as unserved for a while where the song API says so.
 */
import type { Action, ActionKey } from './actions.ts';

const models = [
  'FUZZ-2.0',
  'FUZZ-2.0 Pro',
  'FUZZ-2.0 Raw',
  'FUZZ-1.1 Pro',
  'FUZZ-1.1',
  'FUZZ-1.0 Pro',
  'FUZZ-1.0',
  'FUZZ-0.8',
];

const usual = {
  platform: 'producer',
  how: 'submit',
  enabled: true,
  price: 1,
  yields: 'clips',
  needs: ['clip'],
  models: [],
  maxLength: { style: 1000, lyrics: 5000, title: 80 },
  constants: {},
  evidence: 'upstream',
} as const satisfies Partial<Action>;

/** What works on a clip names it so (the record's own word; musicapi's, too). */
const clip = { clip: 'clip_id' } as const;
/** The record echoes `sound`, `lyrics`, `title`, `mv`, `seed` (song-api.md 4.3). */
const words = { style: 'sound', lyrics: 'lyrics', title: 'title' } as const;

export const producerActions: Record<ActionKey, Action> = {
  'producer/MUSIC': {
    ...usual,
    token: 'MUSIC',
    label: 'Generate Music',
    deed: 'song',
    needs: ['prompt'],
    models,
    maxLength: { prompt: 2000, style: 1000, lyrics: 5000, title: 80 },
    // prompt, style, title, make_instrumental: the old page; lyrics, mv, seed: what the record echoes.
    fields: {
      prompt: 'prompt',
      style: 'style',
      lyrics: 'lyrics',
      title: 'title',
      instrumental: 'make_instrumental',
      model: 'mv',
      seed: 'seed',
    },
    evidence: 'doc-old',
  },
  'producer/LYRICS': {
    ...usual,
    token: 'LYRICS',
    label: 'Generate Lyrics',
    deed: 'lyrics',
    yields: 'lyrics',
    needs: ['prompt'],
    maxLength: { prompt: 2000 },
    fields: { prompt: 'prompt' },
  },
  'producer/EXTEND': {
    ...usual,
    token: 'EXTEND',
    label: 'Extend Music',
    deed: 'extend',
    fields: { ...clip, ...words, from: 'starts' },
  },
  'producer/COVER': {
    ...usual,
    token: 'COVER',
    label: 'Create Cover',
    deed: 'cover',
    needs: ['clip', 'style'],
    fields: { ...clip, ...words, strength: 'cover_strength' },
  },
  'producer/VARIATION': {
    ...usual,
    token: 'VARIATION',
    label: 'Create Variation',
    deed: 'variation',
    fields: { ...clip },
  },
  'producer/REPLACE': {
    ...usual,
    token: 'REPLACE',
    label: 'Replace Segment',
    deed: 'replace',
    needs: ['clip', 'from'],
    // Without `ends` it replaces to the end of the audio.
    fields: { ...clip, ...words, from: 'starts', to: 'ends' },
    evidence: 'doc',
  },
  'producer/SWAP_VOCALS': {
    ...usual,
    token: 'SWAP_VOCALS',
    label: 'Vocals Swap',
    deed: 'swap-vocals',
    fields: { ...clip, style: 'sound', lyrics: 'lyrics', strength: 'cover_strength' },
    evidence: 'guess',
  },
  'producer/SWAP_INSTRUMENTALS': {
    ...usual,
    token: 'SWAP_INSTRUMENTALS',
    label: 'Instrumentals Swap',
    deed: 'swap-instrumentals',
    fields: { ...clip, style: 'sound', strength: 'cover_strength' },
    evidence: 'guess',
  },
  'producer/STEMS': {
    ...usual,
    token: 'STEMS',
    label: 'Stem Separation',
    deed: 'stems',
    yields: 'stems',
    fields: { ...clip },
  },
  'producer/DOWNLOAD': {
    ...usual,
    token: 'DOWNLOAD',
    label: 'Download Audio',
    deed: 'download',
    yields: 'audio',
    needs: ['clip', 'format'],
    fields: { ...clip, format: 'format' },
  },
  'producer/UPLOAD': {
    ...usual,
    token: 'UPLOAD',
    label: 'Upload Audio',
    deed: 'upload',
    yields: 'handle',
    needs: ['fileUrl'],
    fields: { fileUrl: 'audio_url' },
  },
  'producer/VIDEO': {
    ...usual,
    token: 'VIDEO',
    label: 'Generate Video',
    deed: 'video',
    yields: 'video',
    fields: { ...clip },
  },
  'producer/FETCH': {
    ...usual,
    token: 'FETCH',
    label: 'Fetch Task Status',
    deed: 'watch',
    how: 'fetch',
    price: 0,
    yields: 'records',
    needs: [],
    fields: {},
    evidence: 'doc',
  },
  'producer/BATCH': {
    ...usual,
    token: 'BATCH',
    label: 'Batch Fetch Tasks',
    deed: 'watch',
    how: 'batch',
    price: 0,
    yields: 'records',
    needs: [],
    fields: {},
    evidence: 'doc',
  },
};
