import { EventEmitter } from 'node:events';
import type { EmulatedTask } from './emulated-task.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { Entry } from './journal.ts';
import type { TaskRecord } from './task-record.ts';

/** Everything that happens inside, for a page that shows it. */
interface SongApiEventMap {
  'task-created': [task: EmulatedTask];
  /** The gateway's poller wrote the row. */
  'task-advanced': [task: EmulatedTask, record: TaskRecord];
  /** SUCCESS or FAILURE, once per task. */
  'task-finished': [task: EmulatedTask, record: TaskRecord];
  'request-served': [entry: Entry, answer: HttpAnswer];
}

export class SongApiEvents extends EventEmitter<SongApiEventMap> {}
