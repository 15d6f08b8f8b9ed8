/** What a song API call can end in besides an answer, by what the caller may do about it. */
export type SongApiErrorKind =
  /** No connection came about: nothing left this machine, trying again is free. */
  | 'unreachable'
  /** The request may have arrived, and no readable answer came back: never repeat a submit. */
  | 'unanswered'
  /** "Not now": 429, or a gateway that says it is overloaded. Nothing was accepted. */
  | 'limited'
  /** The key is refused, or not allowed to do this. The operator must act. */
  | 'unauthorized'
  /** The key is right and its account is empty. The operator must act. */
  | 'out-of-credit'
  /** This gateway doesn't offer the action (song-api-open-questions A1). */
  | 'not-served'
  /** The request was understood and refused. */
  | 'rejected'
  /** It is down or in trouble; nothing was accepted. */
  | 'unavailable';

export class SongApiError extends Error {
  readonly kind: SongApiErrorKind;
  readonly status: number | undefined;
  /** The envelope's code, such as `task_not_exist`. */
  readonly code: string | undefined;
  /** `X-Oneapi-Request-Id`, which the gateway's operator can look up. */
  readonly requestId: string | undefined;
  /** How long the song API asks us to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: SongApiErrorKind,
    message: string,
    details: {
      status?: number | undefined;
      code?: string | undefined;
      requestId?: string | undefined;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'SongApiError';
    this.kind = kind;
    this.status = details.status;
    this.code = details.code;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
