import type { Plan, Visit } from '../services/visit.ts';

/**
 * `id`: what the custom id carries, a claim by a stranger. `values`: what was picked in a select. Before the first
 * answer nothing slow is done; only a form has to look its song up first, since it is the answer.
 */
export type Button = (visit: Visit, id: string, values: readonly string[]) => Plan | Promise<Plan>;

/** A form that was filled in; `values` by the names of its fields, absent where nothing was written. */
export type FormHandler = (
  visit: Visit,
  id: string,
  values: ReadonlyMap<string, string>,
) => Plan | Promise<Plan>;
