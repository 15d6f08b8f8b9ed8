import type { VNode } from 'preact';
import type { JobView } from '../news.ts';
import { phaseOf } from './phase-of.ts';
import { StateMachine } from './state-machine.tsx';
import { store, useStore } from './store.ts';

const shown = 60;

/** Every job, and one of them drawn as the state machine that it is. */
export function JobPage(): VNode {
  const jobs = useStore((state) => state.jobs);
  const chosen = useStore((state) => state.jobId);
  const newest = [...jobs.values()].toSorted((a, b) => b.createdAt - a.createdAt);
  const job = jobs.get(chosen ?? '') ?? newest[0];
  const open = newest.filter(({ finishedAt }) => finishedAt === null).length;
  return (
    <>
      <StateMachine job={job} />
      {job === undefined ? (
        <p class="empty">No song yet. Ask for one, and watch it go through these states.</p>
      ) : (
        <Facts job={job} />
      )}
      {newest.length > 0 && (
        <h3>
          {newest.length === 1 ? 'One song' : `${newest.length} songs`} · {open} under way
        </h3>
      )}
      <ul class="jobs">
        {newest.slice(0, shown).map((one) => (
          <li key={one.id}>
            <button
              type="button"
              class={`job ${phaseOf(one)}`}
              aria-pressed={one.id === job?.id}
              onClick={() => store.set({ jobId: one.id })}
            >
              <span class="lamp" aria-hidden="true" />
              <span class="job-words">{one.words === '' ? one.action : one.words}</span>
              <span class="job-state">{one.state === 'running' ? `${one.percent ?? 0} %` : one.state}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Facts({ job }: { job: JobView }): VNode {
  const edits = useStore(
    ({ messages }) => messages.get(job.channelId)?.find(({ wire }) => wire.id === job.messageId)?.edits ?? 0,
  );
  const rounds = useStore(
    ({ requests }) =>
      requests.filter(({ kind, taskIds }) => kind === 'batch' && taskIds.includes(job.taskId ?? '-')).length,
  );
  const task = useStore(({ tasks }) => tasks.get(job.taskId ?? ''));
  const facts: [string, string][] = [
    ['Action', job.action],
    ['Task', task === undefined ? '–' : `${task.status} ${task.progress}`],
    ['Hold', `${job.hold} (${job.price} ${job.price === 1 ? 'credit' : 'credits'})`],
    ['Delivery', job.delivery],
    ['Edits of its card', String(edits)],
    ['Batches that asked', String(rounds)],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
