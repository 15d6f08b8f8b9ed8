import type { Shelf } from '../domain/shelf.ts';
import type { Shelves } from '../services/library/shelves.ts';
import type { Plan, Visit } from '../services/visit.ts';

export type TurnPage = (visit: Visit, shelf: Shelf, page: number) => Plan;

/** A list is seen by who asked for it; what it shows next is looked up for who presses. */
export function turnPage({ shelves }: { shelves: Pick<Shelves, 'page'> }): TurnPage {
  return (visit, shelf, page) => ({ answer: 'update', run: () => shelves.page(visit, shelf, page) });
}
