import type { Plan, Visit } from '../services/visit.ts';

/** `id`: what the custom id carries, a claim by a stranger. Nothing is looked up before the first answer. */
export type Button = (visit: Visit, id: string) => Plan;
