import type { VNode } from 'preact';
import type { RequestView } from '../news.ts';
import { useStore } from './store.ts';

const names: Record<string, string> = { submit: 'Submit', batch: 'Tick', fetch: 'Ask', media: 'Download' };
const shown = 80;

/** What the song service was asked, and what it said. One tick asks about all open tasks. */
export function RequestsPage(): VNode {
  const requests = useStore((state) => state.requests);
  const batches = requests.filter(({ kind }) => kind === 'batch').length;
  if (requests.length === 0)
    return <p class="empty">Nothing was asked yet: the ticker sleeps while no task is open.</p>;
  return (
    <>
      <h3>
        The last {requests.length} requests · {batches} ticks
      </h3>
      <ul class="requests">
        {requests
          .slice(-shown)
          .toReversed()
          .map((request) => (
            <li key={request.n}>
              <details>
                <summary>
                  <span class={`kind ${request.kind}`}>{names[request.kind] ?? 'Other'}</span>
                  <span class="what">{summary(request)}</span>
                  <span class={request.status >= 200 && request.status < 300 ? 'status good' : 'status bad'}>
                    {request.status === 0 ? 'none' : request.status}
                  </span>
                  <span class="took">{request.tookMs} ms</span>
                </summary>
                <p class="path">
                  {request.method} {request.path}
                  {request.fault !== null && <strong> · weather: {request.fault}</strong>}
                </p>
                {request.body !== '' && (
                  <pre tabIndex={0} aria-label="Request">
                    {request.body}
                  </pre>
                )}
                <pre tabIndex={0} aria-label="Answer">
                  {request.answer}
                </pre>
              </details>
            </li>
          ))}
      </ul>
    </>
  );
}

function summary({ kind, taskIds, path }: RequestView): string {
  if (kind === 'batch') return `${taskIds.length} ${taskIds.length === 1 ? 'task' : 'tasks'} in one request`;
  return path.split('/').at(-1) ?? path;
}
