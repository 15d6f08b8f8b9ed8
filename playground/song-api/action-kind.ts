/** What an action makes, as far as other gateways of the same upstream show it (CCAPI documents MUSIC only). */
export type ActionKind =
  /** A song from words. */
  | 'song'
  /** A song from a song: another take, longer, other words, another style. */
  | 'remake'
  /** The same song again, under a new id: other formats, joined parts. */
  | 'same'
  /** A clip for each track of the mix. */
  | 'stems'
  /** The voice alone. */
  | 'vocals'
  | 'lyrics'
  | 'tags'
  | 'bpm'
  | 'aligned-lyrics'
  /** Somebody's file taken in. */
  | 'upload';

const kinds: Readonly<Record<string, ActionKind>> = {
  MUSIC: 'song',
  SOUNDS: 'song',
  LYRICS: 'lyrics',
  UPSAMPLE_TAGS: 'tags',
  STEMS: 'stems',
  STEMS_ALL: 'stems',
  VOX: 'vocals',
  BPM: 'bpm',
  ALIGNED_LYRICS: 'aligned-lyrics',
  UPLOAD: 'upload',
  DOWNLOAD: 'same',
  CONCAT: 'same',
  WAV: 'same',
  VIDEO: 'same',
};

/** Everything else takes a clip and gives a changed one. */
export function actionKind(action: string): ActionKind {
  return kinds[action] ?? 'remake';
}

export function needsParent(kind: ActionKind): boolean {
  return !(kind === 'song' || kind === 'lyrics' || kind === 'tags' || kind === 'upload');
}
