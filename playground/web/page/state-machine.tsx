import type { VNode } from 'preact';
import type { JobView } from '../news.ts';
import { phaseOf, type Phase } from './phase-of.ts';

interface Place {
  x: number;
  y: number;
  phase: Phase;
}

/** Where each state stands, in the picture's units; the states are those of the job's own machine. */
const places: Record<string, Place> = {
  queued: { x: 62, y: 30, phase: 'queued' },
  submitting: { x: 62, y: 78, phase: 'running' },
  submitted: { x: 62, y: 126, phase: 'running' },
  running: { x: 62, y: 174, phase: 'running' },
  succeeded: { x: 62, y: 222, phase: 'done' },
  delivered: { x: 190, y: 222, phase: 'done' },
  cancelled: { x: 300, y: 30, phase: 'queued' },
  unconfirmed: { x: 190, y: 78, phase: 'failed' },
  failed: { x: 300, y: 126, phase: 'failed' },
  lost: { x: 190, y: 174, phase: 'failed' },
};
const ways: [string, string][] = [
  ['queued', 'submitting'],
  ['submitting', 'submitted'],
  ['submitted', 'running'],
  ['running', 'succeeded'],
  ['succeeded', 'delivered'],
  ['queued', 'cancelled'],
  ['submitting', 'unconfirmed'],
  ['submitted', 'failed'],
  ['running', 'lost'],
  ['lost', 'succeeded'],
];
const [width, height] = [104, 28];

/** A job's life, drawn: where it has been, where it is, where it might go. */
export function StateMachine({ job }: { job: JobView | undefined }): VNode {
  const been = job === undefined ? [] : pathOf(job);
  const now = been.at(-1);
  const steps = been.map((state, index) => [been[index - 1], state] as const);
  const isWalked = (from: string, to: string): boolean => steps.some(([a, b]) => a === from && b === to);
  // A quick step may have gone unseen: what was skipped is drawn by a line of its own.
  const leaps = steps.filter(
    ([from, to]) => from !== undefined && !ways.some(([a, b]) => a === from && b === to),
  );
  return (
    <svg
      class="machine"
      viewBox="0 0 360 250"
      role="img"
      aria-label={job === undefined ? 'The states of a job' : `This job: ${been.join(', then ')}`}
    >
      {ways.map(([from, to]) => (
        <path class={isWalked(from, to) ? 'way walked' : 'way'} d={line(from, to)} />
      ))}
      {leaps.map(([from, to]) => (
        <path class="way walked leap" d={line(from ?? '', to)} />
      ))}
      {Object.entries(places).map(([state, { x, y, phase }]) => (
        <g class={['state', phase, been.includes(state) ? 'been' : '', state === now ? 'now' : ''].join(' ')}>
          <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx="9" />
          <text x={x} y={y + 4}>
            {state}
            {state === 'running' && state === now && job?.percent !== null ? ` ${job?.percent ?? 0} %` : ''}
          </text>
        </g>
      ))}
      <circle class={`lamp-now ${job === undefined ? 'queued' : phaseOf(job)}`} {...lampAt(now)} r="4" />
    </svg>
  );
}

/** The road of a song that goes well. */
const mainRoad = ['queued', 'submitting', 'submitted', 'running', 'succeeded'];

/** Quick steps go unseen from outside; on the main road there is only one way to have come. */
function pathOf(job: JobView): string[] {
  const path: string[] = [];
  for (const { state } of job.path) {
    const [from, to] = [mainRoad.indexOf(path.at(-1) ?? ''), mainRoad.indexOf(state)];
    if (to > from && (path.length === 0 || from >= 0)) path.push(...mainRoad.slice(from + 1, to));
    path.push(state);
  }
  return job.delivery === 'delivered' && job.state === 'succeeded' ? [...path, 'delivered'] : path;
}

function lampAt(state: string | undefined): { cx: number; cy: number } {
  const place = places[state ?? ''];
  return place === undefined
    ? { cx: -20, cy: -20 }
    : { cx: place.x - width / 2 + 1, cy: place.y - height / 2 + 1 };
}

function line(from: string, to: string): string {
  const [a, b] = [places[from], places[to]];
  if (a === undefined || b === undefined) return '';
  if (a.x === b.x) return `M${a.x} ${a.y + height / 2}V${b.y - height / 2}`;
  const side = Math.sign(b.x - a.x) * (width / 2);
  if (a.y === b.y) return `M${a.x + side} ${a.y}H${b.x - side}`;
  const middle = (a.x + side + b.x - side) / 2;
  return `M${a.x + side} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${b.x - side} ${b.y}`;
}
