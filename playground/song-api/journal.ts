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
  readonly #unanswered = new Set<Pick<Entry, 'at' | 'method' | 'path'>>();

  /** A request has come whose answer may take its time; call the result when it is over. */
  arrived(line: Pick<Entry, 'at' | 'method' | 'path'>): () => void {
    this.#unanswered.add(line);
    return () => void this.#unanswered.delete(line);
  }

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

  /** The last `count` requests and all that still wait, a line each, for the message of a failed test. */
  asText(count = 20): string {
    const lines = this.#entries.slice(-count).map((entry) => {
      const fault = entry.fault === undefined ? '' : ` [${entry.fault}]`;
      const ids = entry.ids.length > 0 ? ` ${entry.ids.join(',')}` : '';
      return `${asLine(entry)} -> ${entry.status}${fault}${ids} (${entry.tookMs} ms)`;
    });
    const waiting = [...this.#unanswered].map((line) => `${asLine(line)} -> not answered yet`);
    return [...lines, ...waiting].join('\n');
  }

  #of(kind: RequestKind): Entry[] {
    return this.#entries.filter((entry) => entry.kind === kind);
  }
}

function asLine({ at, method, path }: Pick<Entry, 'at' | 'method' | 'path'>): string {
  return `${new Date(at).toISOString().slice(11, 23)} ${method} ${path}`;
}
