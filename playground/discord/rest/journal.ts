/** One REST request, with what became of it. */
export interface JournalRow {
  /** ms since 1970, Discord's clock. */
  at: number;
  method: string;
  /** Without `/api/v10` and without the query. */
  path: string;
  /** The path with `:params`; undefined where there is no such route. */
  route: string | undefined;
  query: string;
  /** 0 where no answer left. */
  status: number;
  /** `payload_json`, or the JSON body. */
  body: unknown;
  files: Array<{ name: string; size: number; contentType: string }>;
  tookMs: number;
  interactionId?: string;
  /** Why Discord said no. */
  refusal?: string;
  /** The fault that was asked for. */
  fault?: string;
}

const KEPT = 5_000;
const BODY_SHOWN = 300;

/** Every REST request, oldest first; the newest 5000 are kept. */
export class Journal {
  #rows: JournalRow[] = [];

  write(row: JournalRow): void {
    this.#rows.push(row);
    if (this.#rows.length > 2 * KEPT) this.#rows = this.#rows.slice(-KEPT);
  }

  all(): readonly JournalRow[] {
    return this.#rows;
  }

  count(predicate: (row: JournalRow) => boolean): number {
    return this.#rows.filter(predicate).length;
  }

  last(n = 1): readonly JournalRow[] {
    return this.#rows.slice(-n);
  }

  asText(n = 20): string {
    return this.last(n).map(lineOf).join('\n');
  }

  clear(): void {
    this.#rows = [];
  }
}

function lineOf(row: JournalRow): string {
  const body = row.body === undefined ? '' : ` ${JSON.stringify(row.body).slice(0, BODY_SHOWN)}`;
  const files = row.files.map((file) => ` <${file.name}, ${file.size} B>`).join('');
  const fault = row.fault === undefined ? '' : ` (fault: ${row.fault})`;
  const refusal = row.refusal === undefined ? '' : `\n    refused: ${row.refusal}`;
  return `${row.status} ${row.method} ${row.route ?? row.path} ${Math.round(row.tookMs)} ms${fault}${body}${files}${refusal}`;
}
