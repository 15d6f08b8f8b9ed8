/**
 * Faults on demand, for both emulators: what goes wrong, for which requests, how often.
 * Deterministic: a fault is taken by the first request that it matches, in the order they were added.
 */
export interface RequestLine {
  method: string;
  /** Path without the query, as it was asked for. */
  path: string;
}

export type FaultAct =
  /** Nothing is done; this is answered instead. A string body goes out as it is, anything else as JSON. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: unknown }
  /** The request is served, but only after so long. */
  | { kind: 'delay'; ms: number }
  /** Nothing is done and the socket is destroyed. */
  | { kind: 'drop' }
  /** The request is served in full, then the socket is destroyed before a byte of the answer leaves. */
  | { kind: 'drop-after' }
  /** Nothing is done and nothing is ever answered. */
  | { kind: 'hang' }
  /** The request is served, but only the first half of the answer's bytes leave before the socket ends. */
  | { kind: 'truncate' };

interface Fault {
  match: (request: RequestLine) => boolean;
  act: FaultAct;
  left: number;
}

export class Faults {
  #faults: Fault[] = [];

  /** `match`: a predicate, or "METHOD /path" where `*` stands for one path segment. `times` may be Infinity. */
  add(match: string | ((request: RequestLine) => boolean), act: FaultAct, times = 1): () => void {
    const fault: Fault = { match: typeof match === 'string' ? pattern(match) : match, act, left: times };
    this.#faults.push(fault);
    return () => {
      this.#faults = this.#faults.filter((other) => other !== fault);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  take(request: RequestLine): FaultAct | undefined {
    const fault = this.#faults.find((candidate) => candidate.left > 0 && candidate.match(request));
    if (fault === undefined) return undefined;
    fault.left -= 1;
    if (fault.left === 0) this.#faults = this.#faults.filter((other) => other !== fault);
    return fault.act;
  }
}

function pattern(line: string): (request: RequestLine) => boolean {
  const [method, path = ''] = line.split(' ');
  const source = path
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  const regex = new RegExp(`^${source}$`);
  return (request) => (method === '*' || request.method === method) && regex.test(request.path);
}
