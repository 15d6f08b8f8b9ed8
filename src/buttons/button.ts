import type { View, Visit } from '../services/visit.ts';

export interface Button {
  /** `public` and `private` answer with a message of their own; `update` stays on the message under the button. */
  answer(visit: Visit): 'public' | 'private' | 'update';
  /** What it returns is shown; `delete` takes the message away; nothing leaves it to somebody else (a job's card). */
  run(visit: Visit, jobId: string): Promise<View | 'delete' | undefined>;
}
