/**
 * Where members have things done to songs, whichever way they came: a command's options, a button, a form. Finds the row
 * that serves the deed on the song's platform, reads what was written, and plans the order.
 */
import { actionFor, takes, type Action, type ActionKey, type Catalogue } from '../../domain/actions.ts';
import { deeds, type SongDeedName } from '../../domain/deeds.ts';
import { Refusal } from '../../domain/errors.ts';
import { clockSeconds, wordSeconds } from '../../domain/position.ts';
import type { InputName, SongInputs } from '../../domain/song.ts';
import { orderAction, type SongOrder } from '../../domain/song-order.ts';
import type { Track } from '../../domain/track.ts';
import type { TrackTable } from '../storage/track-table.ts';
import type { Reply, SentFile, View, Visit } from '../visit.ts';
import type { FileCheck } from './file-check.ts';
import type { Orders } from './orders.ts';

type Format = 'm4a' | 'mp3' | 'wav' | 'ogg';

/** What a member says of a deed. Positions are as they wrote them: "1:20", "80", or words that are sung there. */
export type Wishes = Omit<SongInputs, 'clip' | 'otherClip' | 'from' | 'to' | 'fileUrl' | 'format'> & {
  /** Beyond those of the song API: what this machine may make. */
  format?: Format | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** A song of the library, or a file that the song API takes in first. */
export type Subject = { track: Track } | { file: SentFile; platform: 'producer' | 'suno' };

/** Other kinds of file, made here and for free. */
export interface Downloads {
  canConvert: boolean;
  mayMake: (track: Track, format: Format) => boolean;
  make: (visit: Visit, track: Track, format: Format) => Promise<View | 'too-large' | 'unable'>;
}

export interface DeedDeskOptions {
  catalogue: Catalogue;
  orders: Orders;
  fileCheck: FileCheck;
  tracks: Pick<TrackTable, 'timingOf'>;
  downloads: Downloads;
}

export class DeedDesk {
  readonly #options: DeedDeskOptions;

  constructor(options: DeedDeskOptions) {
    this.#options = options;
  }

  /**
   * `other`: the second song of a deed that takes two. `isPrivate`: undefined leaves it to the song and the house.
   * Throws `Refusal`.
   */
  async plan(
    visit: Visit,
    deed: SongDeedName,
    subject: Subject,
    wishes: Wishes,
    { other, isPrivate }: { other?: Track | undefined; isPrivate?: boolean | undefined } = {},
  ): Promise<Reply> {
    const { orders, fileCheck } = this.#options;
    if ('file' in subject) {
      const order = this.#orderWithFile(deed, subject.file, subject.platform, wishes);
      return orders.plan(visit, order, isPrivate, () => fileCheck.require(subject.file));
    }
    const { track } = subject;
    const quiet = isPrivate ?? (track.private || undefined);
    if (deed === 'download' && wishes.format !== undefined) {
      if (this.#options.downloads.mayMake(track, wishes.format))
        return this.#planHere(visit, track, wishes.format, quiet);
      if (wishes.format === 'ogg') throw new Refusal({ is: 'cannot-convert', format: wishes.format });
    }
    const order = await this.#orderWithTrack(deed, track, wishes, other);
    return orders.plan(visit, order, quiet);
  }

  /** Takes a file in, for itself: it becomes a song of the library. */
  planUpload(
    visit: Visit,
    file: SentFile,
    platform: Track['platform'],
    title: string | undefined,
    isPrivate: boolean | undefined,
  ): Reply {
    const { orders, fileCheck } = this.#options;
    const order = this.#upload(file, platform, title);
    return orders.plan(visit, order, isPrivate, () => fileCheck.require(file));
  }

  /** On this machine; what comes to nothing here is asked of the song API, where that has the format. */
  #planHere(visit: Visit, track: Track, format: Format, isPrivate: boolean | undefined): Reply {
    const { orders, downloads } = this.#options;
    return {
      answer: orders.isQuiet(visit, isPrivate) ? 'private' : 'public',
      repeatable: true,
      run: async () => {
        const made = await downloads.make(visit, track, format);
        if (typeof made === 'object') return made;
        const elsewhere = await this.#planElsewhere(visit, track, format, isPrivate);
        if (elsewhere !== undefined) return elsewhere.run();
        const most = visit.attachmentLimit;
        throw new Refusal(
          made === 'too-large'
            ? { is: 'download-too-large', format, most }
            : { is: 'cannot-convert', format },
        );
      },
    };
  }

  async #planElsewhere(
    visit: Visit,
    track: Track,
    format: Format,
    isPrivate: boolean | undefined,
  ): Promise<Reply | undefined> {
    try {
      const order = await this.#orderWithTrack('download', track, { format }, undefined);
      return this.#options.orders.plan(visit, order, isPrivate);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** Whether it can be had although the song API doesn't serve it. */
  isMadeHere(deed: SongDeedName): boolean {
    return deed === 'download' && this.#options.downloads.canConvert;
  }

  /** The row that does this to songs of this platform. Throws `Refusal` where it has none. */
  rowOf(deed: SongDeedName, platform: Track['platform']): { key: ActionKey; action: Action } {
    const { catalogue } = this.#options;
    const key = actionFor(catalogue, deed, platform);
    const action = key === undefined ? undefined : catalogue[key];
    if (key === undefined || action === undefined)
      throw new Refusal({ is: 'engine-cannot', deed, engine: platform });
    return { key, action };
  }

  /** What a member may be asked about this deed, in a form; empty where there is nothing to ask. */
  asks(deed: SongDeedName, platform: Track['platform']): { name: InputName; required: boolean }[] {
    if (this.isMadeHere(deed)) return deeds[deed].asks.map((name) => ({ name, required: true }));
    const { action } = this.rowOf(deed, platform);
    return deeds[deed].asks
      .filter((name) => takes(action, name))
      .map((name) => ({ name, required: action.needs.includes(name) }));
  }

  async #orderWithTrack(
    deed: SongDeedName,
    track: Track,
    { from, to, ...wishes }: Wishes,
    other: Track | undefined,
  ): Promise<SongOrder> {
    const { key, action } = this.rowOf(deed, track.platform);
    if (track.clipId === '' || other?.clipId === '') throw new Refusal({ is: 'no-handle' });
    if (other !== undefined && other.platform !== track.platform) throw new Refusal({ is: 'two-engines' });
    const start = await this.#position('from', from, track);
    const end = await this.#position('to', to, track);
    // Without a word about where, an extension goes on where the song ends.
    const goesOn = deed === 'extend' && start === undefined && track.seconds !== null;
    const order = orderAction(this.#options.catalogue, key, {
      ...withFormat(action, wishes),
      clip: track.clipId,
      ...(other === undefined ? {} : { otherClip: other.clipId }),
      ...(start === undefined ? {} : { from: start }),
      ...(end === undefined ? {} : { to: end }),
      ...(goesOn ? { from: Math.floor(track.seconds ?? 0) } : {}),
    });
    return {
      ...order,
      parents: other === undefined ? [track.id] : [track.id, other.id],
      subject: [track, other].flatMap((each) => each?.title || []).join(' + '),
    };
  }

  #orderWithFile(
    deed: SongDeedName,
    file: SentFile,
    platform: Track['platform'],
    { from, to, ...wishes }: Wishes,
  ): SongOrder {
    const { key, action } = this.rowOf(deed, platform);
    const clocks = { from: clockOnly('from', from), to: clockOnly('to', to) };
    // Checked now with a stand-in for the clip that isn't there yet: a wrong wish must not cost an upload.
    const { inputs } = orderAction(this.#options.catalogue, key, {
      ...withFormat(action, wishes),
      ...(clocks.from === undefined ? {} : { from: clocks.from }),
      ...(clocks.to === undefined ? {} : { to: clocks.to }),
      clip: 'to come',
    });
    const { clip: _, ...later } = inputs;
    return { ...this.#upload(file, platform, undefined), next: { action: key, inputs: later } };
  }

  #upload(file: SentFile, platform: Track['platform'], title: string | undefined): SongOrder {
    const { catalogue } = this.#options;
    const key = actionFor(catalogue, 'upload', platform);
    if (key === undefined) throw new Refusal({ is: 'engine-cannot', deed: 'upload', engine: platform });
    const order = orderAction(catalogue, key, { fileUrl: file.url });
    const subject = file.name.replace(/\.[a-z0-9]{1,5}$/i, '').replaceAll('_', ' ');
    return { ...order, inputs: { ...order.inputs, title: title ?? subject }, subject };
  }

  async #position(option: InputName, text: string | undefined, track: Track): Promise<number | undefined> {
    if (text === undefined || text.trim() === '') return undefined;
    const { seconds, lyrics } = track;
    const clock = clockSeconds(text);
    if (clock !== undefined) {
      if (seconds !== null && clock > seconds) throw new Refusal({ is: 'beyond-the-end', option, seconds });
      return clock;
    }
    const timing = await this.#options.tracks.timingOf(track.id);
    const found = wordSeconds(text, { seconds, lyrics, timing });
    if (found === undefined) throw new Refusal({ is: 'no-such-place', option, text });
    return found;
  }
}

/** A file has no lyrics that we know: only the clock tells where. */
function clockOnly(option: InputName, text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const seconds = clockSeconds(text);
  if (seconds === undefined) throw new Refusal({ is: 'no-such-place', option, text });
  return seconds;
}

/** A row without formats makes one kind of file, WAV: asking for that is no wish that it doesn't know. */
function withFormat(action: Action, { format, ...wishes }: Wishes): Partial<SongInputs> {
  if (format === undefined || (format === 'wav' && !takes(action, 'format'))) return wishes as SongInputs;
  return { ...wishes, format } as SongInputs;
}
