/** Lists of songs: every page is looked up anew, for whoever turns to it. */
import { platformOf, type ActionKey, type Catalogue } from '../../domain/actions.ts';
import { lastPage, type Shelf } from '../../domain/shelf.ts';
import type { Track } from '../../domain/track.ts';
import type { Clock } from '../clock.ts';
import type { TrackTable } from '../storage/track-table.ts';
import type { View, Visit } from '../visit.ts';
import { shelfView, songsOnPage } from './shelf-view.ts';

export interface ShelvesOptions {
  tracks: Pick<TrackTable, 'list'>;
  catalogue: Catalogue;
  clock: Clock;
}

export class Shelves {
  readonly #options: ShelvesOptions;

  constructor(options: ShelvesOptions) {
    this.#options = options;
  }

  /**
   * `page`: from 1; where a shelf has become shorter, its last. Shows what the visitor may see and nothing else, whatever
   * the button says that they pressed.
   */
  async page(visit: Visit, shelf: Shelf, page: number): Promise<View> {
    const { tracks, clock } = this.#options;
    const search = { whose: shelf.whose, words: shelf.words, actions: this.#actionsOf(shelf) };
    const read = (number: number) =>
      tracks.list(visit, search, { offset: (number - 1) * songsOnPage, limit: songsOnPage });
    let number = Math.min(lastPage, Math.max(1, page));
    let found = await read(number);
    const last = Math.max(1, Math.ceil(found.count / songsOnPage));
    if (number > last) {
      number = last;
      found = await read(number);
    }
    const kindOf = (track: Track): string => this.#kindOf(track, visit);
    return shelfView({ shelf, page: number, ...found, kindOf }, visit.words, clock.now());
  }

  /** Null where all will do. */
  #actionsOf({ engine, kind }: Shelf): ActionKey[] | null {
    if (engine === null && kind === null) return null;
    const { catalogue } = this.#options;
    return (Object.keys(catalogue) as ActionKey[]).filter(
      (key) =>
        (engine === null || platformOf(key) === engine) && (kind === null || catalogue[key]?.deed === kind),
    );
  }

  #kindOf({ action }: Track, { words }: Visit): string {
    return words.deeds[this.#options.catalogue[action]?.deed ?? 'song'].label;
  }
}
