/** Songs for the `song:` options of commands: suggestions while one types, and what was meant in the end. */
import { Refusal } from '../../domain/errors.ts';
import { jobIdPattern } from '../../domain/ids.ts';
import { shorten } from '../../domain/limits.ts';
import type { Track } from '../../domain/track.ts';
import type { Clock } from '../clock.ts';
import type { TrackTable } from '../storage/track-table.ts';
import type { Words } from '../text/en.ts';
import type { Visit } from '../visit.ts';

/** Discord's most, of suggestions and of characters in each. */
const most = { suggestions: 25, label: 100 };

export class SongFinder {
  readonly #tracks: Pick<TrackTable, 'find' | 'suggest'>;
  readonly #clock: Clock;

  constructor(tracks: Pick<TrackTable, 'find' | 'suggest'>, clock: Clock) {
    this.#tracks = tracks;
    this.#clock = clock;
  }

  /** The song that was picked from the list, or else the newest that fits what was typed. Throws `Refusal`. */
  async resolve(visit: Visit, typed: string): Promise<Track> {
    const picked = jobIdPattern.test(typed) ? await this.#tracks.find(typed, visit) : undefined;
    const track = picked ?? (await this.#tracks.suggest(visit, typed, 1))[0];
    if (track === undefined) throw new Refusal({ is: 'no-such-song' });
    return track;
  }

  async suggest(visit: Visit, typed: string): Promise<{ name: string; value: string }[]> {
    const tracks = await this.#tracks.suggest(visit, typed, most.suggestions);
    const now = this.#clock.now();
    return tracks.map((track) => ({ name: trackLabel(track, visit.words, now), value: track.id }));
  }
}

/** "Title · 2:05 · 3 days ago", at most 100 characters. */
export function trackLabel({ title, take, seconds, createdAt }: Track, words: Words, now: number): string {
  const name = title === '' ? words.card.untitled : title;
  const facts = [
    ...(take > 1 ? [words.card.take(take)] : []),
    ...(seconds === null ? [] : [words.duration(seconds)]),
    words.ago(now - createdAt),
  ].join(' · ');
  return `${shorten(name, most.label - facts.length - 3)} · ${facts}`;
}
