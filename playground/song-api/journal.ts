export type RequestKind = 'submit' | 'batch' | 'fetch' | 'media' | 'other';

/** One request as the song API saw it. */
export interface Entry {
  kind: RequestKind;
  /** Unix milliseconds of its arrival. */
  at: number;
  method: string;
  path: string;
  /** How the key came, never the key. Media hosts should see 'none'. */
  authorization: 'none' | 'bearer' | 'bare';
  /** Status of the answer; 0 where none left the house. */
  status: number;
  /** The request's body: JSON if it was any, otherwise text; undefined without one. */
  body: unknown;
  /** The task ids it was about: asked for by a fetch, given out by a submit. */
  ids: string[];
  tookMs: number;
  /** The kind of fault that struck it. */
  fault?: string;
}

export class Journal {
  readonly #entries: Entry[] = [];

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  all(): Entry[] {
    return [...this.#entries];
  }

  submits(): Entry[] {
    return this.#of('submit');
  }

  batches(): Entry[] {
    return this.#of('batch');
  }

  fetches(): Entry[] {
    return this.#of('fetch');
  }

  media(): Entry[] {
    return this.#of('media');
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** The last `count` requests, a line each, for the message of a failed test. */
  asText(count = 20): string {
    return this.#entries
      .slice(-count)
      .map((entry) => {
        const fault = entry.fault === undefined ? '' : ` [${entry.fault}]`;
        const ids = entry.ids.length > 0 ? ` ${entry.ids.join(',')}` : '';
        const time = new Date(entry.at).toISOString().slice(11, 23);
        return `${time} ${entry.method} ${entry.path} -> ${entry.status}${fault}${ids} (${entry.tookMs} ms)`;
      })
      .join('\n');
  }

  #of(kind: RequestKind): Entry[] {
    return this.#entries.filter((entry) => entry.kind === kind);
  }
}
