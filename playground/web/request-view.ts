import type { HttpAnswer } from '../song-api/http-answer.ts';
import type { Entry } from '../song-api/journal.ts';
import type { RequestView } from './news.ts';

/** Characters of a body that a page has use for. */
const longestShown = 6_000;

export function requestView(entry: Entry, answer: HttpAnswer, n: number): RequestView {
  return {
    n,
    at: entry.at,
    kind: entry.kind,
    method: entry.method,
    path: entry.path,
    status: entry.status,
    tookMs: entry.tookMs,
    taskIds: entry.ids,
    fault: entry.fault ?? null,
    body: entry.body === undefined ? '' : shortened(JSON.stringify(entry.body, undefined, 2)),
    answer: answerText(answer),
  };
}

function answerText({ headers, body }: HttpAnswer): string {
  if (!Buffer.isBuffer(body)) return '(a stream of bytes)';
  if (/^(audio|image|video)\//.test(headers['content-type'] ?? ''))
    return `(${headers['content-type']}, ${body.length.toLocaleString('en')} bytes)`;
  const text = body.toString('utf8');
  try {
    return shortened(JSON.stringify(JSON.parse(text), undefined, 2));
  } catch {
    return shortened(text);
  }
}

function shortened(text: string): string {
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}\n… (${text.length} characters)`;
}
