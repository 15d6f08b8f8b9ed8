/** What a gateway says to a submit of an action that it doesn't serve; the documentation leaves it open. */
export type NotServed = 'model_not_found' | 'invalid_action' | 404 | 410 | 501 | 'html';

/** Shapes of results that nothing by CCAPI settles: what other gateways of the upstream send. */
export interface Shapes {
  /** Of the Producer's stems: `{vocals, drums, bass, other}` with addresses (MountSea), or clips as Suno's (TTAPI). */
  stems: 'urls' | 'clips';
  /** `{url, format}` (MountSea), or a clip with `audio_url` or `wav_url` (musicapi). */
  download: 'url' | 'clip';
  /** A clip with `wav_url`, or `{url}`. */
  wav: 'clip' | 'url';
  /** A clip, or musicapi's `{vox_audio_id, …}`. */
  acapella: 'clip' | 'id';
  /** A clip, or MountSea's `{id, url, …}`. */
  upload: 'clip' | 'id';
}

/** What can be changed while the song API runs. */
export interface Switches {
  /** Billing names of the served actions, such as "producer_music". */
  readonly enabled: Set<string>;
  notServed: NotServed;
  readonly shapes: Shapes;
  /** What `//producer/...` gets: the same as one slash, or (stock gin) the console's page. */
  doubleSlash: 'serve' | 'html';
  /** Shows finished tasks twice in batches, in progress and finished, as the documentation's own example does. */
  doubled: 'off' | 'old-first' | 'new-first';
  /** Whether a platform's batch route keeps the other platform's tasks back. Stock code doesn't. */
  batchFilters: boolean;
  /** More ids than this in one batch are a 400. */
  batchLimit: number;
  /** The wallet, in the gateway's units: at this many charged, submits get 403. */
  balance: number;
  /** Last hand on the answers of batch and fetch. A string that it returns is sent as it is. */
  tamper: ((envelope: unknown) => unknown) | undefined;
}
