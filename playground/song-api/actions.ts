import type { Platform } from './platform.ts';

/** What an action makes, as far as other gateways of the same upstream show it (CCAPI documents MUSIC only). */
export type ActionKind =
  /** A song from words. */
  | 'song'
  /** A single sound, or bars to be repeated. */
  | 'sound'
  | 'extend'
  /** The same song by another band. */
  | 'cover'
  /** The same song with another tune. */
  | 'variation'
  /** The same song in another voice. */
  | 'other-voice'
  /** The same music with somebody singing to it. */
  | 'add-vocals'
  /** The same song, polished. */
  | 'remaster'
  /** Another tune or other words in one section. */
  | 'replace'
  /** Two songs in one. */
  | 'mashup'
  /** A new song that begins with a section of an old one. */
  | 'sample'
  /** One after the other; or an extension with what it extends. */
  | 'concat'
  | 'stems'
  | 'all-stems'
  | 'acapella'
  | 'download'
  | 'wav'
  | 'video'
  | 'midi'
  | 'bpm'
  | 'aligned-lyrics'
  | 'lyrics'
  | 'tags'
  /** Somebody's file taken in. */
  | 'upload';

const shared = {
  MUSIC: 'song',
  LYRICS: 'lyrics',
  EXTEND: 'extend',
  COVER: 'cover',
  STEMS: 'stems',
  UPLOAD: 'upload',
  VIDEO: 'video',
} satisfies Record<string, ActionKind>;

/** song-api.md, section 3: where two tokens are guessed at, both are served. */
const actions: Readonly<Record<Platform, Readonly<Record<string, ActionKind>>>> = {
  producer: {
    ...shared,
    VARIATION: 'variation',
    REPLACE: 'replace',
    SWAP_VOCALS: 'other-voice',
    VOCALS_SWAP: 'other-voice',
    SWAP_INSTRUMENTALS: 'cover',
    INSTRUMENTALS_SWAP: 'cover',
    DOWNLOAD: 'download',
  },
  suno: {
    ...shared,
    STEMS_ALL: 'all-stems',
    ADD_VOCALS: 'add-vocals',
    ADD_INSTRUMENTAL: 'cover',
    REPLACE_SECTION: 'replace',
    REMASTER: 'remaster',
    MASHUP: 'mashup',
    SAMPLE: 'sample',
    SOUNDS: 'sound',
    MIDI: 'midi',
    CONCAT: 'concat',
    ALIGNED_LYRICS: 'aligned-lyrics',
    MP4: 'video',
    WAV: 'wav',
    BPM: 'bpm',
    VOX: 'acapella',
    UPSAMPLE_TAGS: 'tags',
    // Not PERSONA: the menu marks it as unavailable.
  },
};

/** Undefined for what the upstream has never heard of. */
export function actionKind(platform: Platform, action: string): ActionKind | undefined {
  return actions[platform][action];
}

/** The billing names of everything that there is: lower(platform)_lower(ACTION). */
export function everyAction(): string[] {
  return Object.entries(actions).flatMap(([platform, tokens]) =>
    Object.keys(tokens).map((token) => `${platform}_${token.toLowerCase()}`),
  );
}

const fromNothing = new Set<ActionKind>(['song', 'sound', 'lyrics', 'tags', 'upload']);

export function needsParent(kind: ActionKind): boolean {
  return !fromNothing.has(kind);
}

/** What the upstream answers on the spot, so that the task is over before the submit's answer has left. */
export function isAtOnce(kind: ActionKind): boolean {
  return kind === 'lyrics' || kind === 'tags' || kind === 'bpm' || kind === 'aligned-lyrics';
}
