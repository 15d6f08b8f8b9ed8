/**
 * A member's songs as zips: of each song its audio, its words and what is known of it as JSON. One message's worth lies on
 * the disk at a time, and nothing of it in memory; what a message can't take is left as an address in the JSON.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { Refusal } from '../../domain/errors.ts';
import { newJobId } from '../../domain/ids.ts';
import { byteLimits, discordLimits } from '../../domain/limits.ts';
import { clipsIn, type Result } from '../../domain/result.ts';
import { safeName } from '../../domain/safe-name.ts';
import type { Track } from '../../domain/track.ts';
import { lessRoom, uploadRoom, type UploadRoom } from '../../domain/upload-room.ts';
import { NotAudio, probeAudio, type AudioFile } from '../audio/probe.ts';
import { tagsOf } from '../audio/song-tags.ts';
import { tagAudio } from '../audio/tag-audio.ts';
import type { Clock } from '../clock.ts';
import { MediaError } from '../song-api/media.ts';
import type { JobTable } from '../storage/job-table.ts';
import type { TrackTable } from '../storage/track-table.ts';
import type { Reply, Visit } from '../visit.ts';
import { zipFiles, type ZipEntry } from '../zip-files.ts';
import { cardColours } from './card.ts';
import { isTooLarge } from './discord-errors.ts';
import { fetchFile, type FetchOptions } from './fetch-file.ts';
import { describeTrack } from './describe-track.ts';
import type { Roads } from './roads.ts';

export interface ExportOptions extends Pick<FetchOptions, 'media' | 'freshResult' | 'folder' | 'log'> {
  roads: Pick<Roads, 'answer' | 'followUp'>;
  jobs: Pick<JobTable, 'find'>;
  tracks: Pick<TrackTable, 'list'>;
  clock: Clock;
}

/** A song on the disk. */
interface Packed {
  entries: ZipEntry[];
  /** In a zip, at most. */
  bytes: number;
  /** Its audio isn't among the entries. */
  isLinked: boolean;
}

/** What is under way for one member. */
interface Errand {
  visit: Visit;
  folder: string;
  room: UploadRoom;
  /** Messages so far. */
  parts: number;
}

const atOnce = 2;
const songsRead = 50;
/** Messages with audio; what comes after comes without. */
const mostParts = 10;
/** The answer can be given for 15 minutes, and the last parts need some of them. */
const fetchingMs = 11 * 60_000;
/** Headers and names. */
const zipEntryBytes = 1024;

export class ExportSongs {
  readonly #options: ExportOptions;
  readonly #turns = pLimit(atOnce);
  readonly #busy = new Set<string>();
  readonly #stopping = new AbortController();

  constructor(options: ExportOptions) {
    this.#options = options;
  }

  /** `track`: one that the visitor may see; undefined: all of their own. Throws `Refusal` where one is under way. */
  plan(visit: Visit, track: Track | undefined): Reply {
    if (this.#busy.has(visit.userId)) throw new Refusal({ is: 'export-busy' });
    return {
      answer: 'private',
      run: async () => {
        if (this.#busy.has(visit.userId)) throw new Refusal({ is: 'export-busy' });
        this.#busy.add(visit.userId);
        try {
          await this.#turns(() => this.#export(visit, track));
          return undefined;
        } finally {
          this.#busy.delete(visit.userId);
        }
      },
    };
  }

  close(): void {
    this.#stopping.abort();
  }

  async #export(visit: Visit, track: Track | undefined): Promise<void> {
    const folder = join(this.#options.folder, `export-${newJobId()}`);
    const errand: Errand = { visit, folder, room: uploadRoom(visit.attachmentLimit), parts: 0 };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      let batch: Packed[] = [];
      let number = 0;
      for await (const one of track === undefined ? this.#songsOf(visit) : [track]) {
        number += 1;
        const song = await this.#pack(errand, one, number);
        if (batch.length > 0 && sizeOf([...batch, song]) > errand.room.all) {
          await this.#send(errand, batch);
          batch = [];
        }
        batch.push(song);
      }
      if (number === 0) throw new Refusal({ is: 'no-songs' });
      await this.#send(errand, batch);
    } catch (error) {
      if (this.#stopping.signal.aborted) throw new Refusal({ is: 'shutting-down' });
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Their own everywhere, the newest first; a song that is made meanwhile may be missing. */
  async *#songsOf({ userId }: Visit): AsyncGenerator<Track> {
    const seen = new Set<string>();
    for (let offset = 0; ; offset += songsRead) {
      const search = { whose: 'mine', words: '', actions: null } as const;
      const page = { offset, limit: songsRead };
      const { tracks, count } = await this.#options.tracks.list({ userId, guildId: null }, search, page);
      for (const track of tracks) {
        if (!seen.has(track.id)) yield track;
        seen.add(track.id);
      }
      if (offset + songsRead >= count) return;
    }
  }

  async #pack({ folder, visit, room, parts }: Errand, track: Track, number: number): Promise<Packed> {
    const { clock } = this.#options;
    const name = `${String(number).padStart(3, '0')} ${safeName(track.title)}`;
    const path = join(folder, String(number));
    const isEarly = parts < mostParts && clock.now() < visit.receivedAt + fetchingMs;
    const fetched = isEarly ? await this.#fetch(track, path) : undefined;
    // A zip has to hold it alone.
    const audio =
      fetched !== undefined && fetched.bytes + 3 * zipEntryBytes <= room.file ? fetched : undefined;
    if (fetched !== undefined && audio === undefined) await rm(fetched.path, { force: true });
    const fileName = audio === undefined ? null : `${name}.${audio.extension}`;
    const texts = [
      { extension: 'json', text: JSON.stringify(describeTrack(track, fileName), null, 2) },
      ...(track.lyrics ? [{ extension: 'txt', text: track.lyrics }] : []),
    ];
    const written = await Promise.all(
      texts.map(async ({ extension, text }) => {
        await writeFile(`${path}.${extension}`, text, { mode: 0o600 });
        return { entry: { path: `${path}.${extension}`, name, extension }, bytes: Buffer.byteLength(text) };
      }),
    );
    const sound =
      audio === undefined
        ? []
        : [{ entry: { path: audio.path, name, extension: audio.extension }, bytes: audio.bytes }];
    const all = [...sound, ...written];
    return {
      entries: all.map(({ entry }) => entry),
      bytes: all.reduce((sum, { bytes }) => sum + bytes + zipEntryBytes, 0),
      isLinked: audio === undefined,
    };
  }

  /** Undefined where it can't be had. */
  async #fetch(track: Track, path: string): Promise<AudioFile | undefined> {
    const { jobs, media, log } = this.#options;
    const { audioUrl, take, jobId } = track;
    if (audioUrl === null) return undefined;
    const { signal } = this.#stopping;
    try {
      const job = await jobs.find(jobId);
      if (job === undefined) await media.download(audioUrl, path, byteLimits.media, signal);
      else {
        const moved = (result: Result): string | null | undefined =>
          result.is === 'handle' ? result.audioUrl : clipsIn(result)[take - 1]?.audioUrl;
        await fetchFile(job, audioUrl, path, this.#options, moved, signal);
      }
      const file = await probeAudio(path);
      const tagged = await tagAudio(file, tagsOf(track), log);
      if (tagged.path !== path) await rm(path, { force: true });
      return tagged;
    } catch (error) {
      signal.throwIfAborted();
      await rm(path, { force: true });
      if (!(error instanceof MediaError || error instanceof NotAudio)) throw error;
      log.warn({ err: error, jobId }, 'a song could not be exported with its audio');
      return undefined;
    }
  }

  /** One message, or several where Discord finds it too large. What was sent is deleted. */
  async #send(errand: Errand, songs: readonly Packed[]): Promise<void> {
    const { roads, clock } = this.#options;
    const { visit, room } = errand;
    const folder = join(errand.folder, `part-${newJobId()}`);
    await mkdir(folder, { mode: 0o700 });
    const entries = songs.flatMap((song) => song.entries);
    const options = {
      folder,
      name: visit.words.exported.fileName(errand.parts + 1),
      maxBytes: room.file,
      madeAt: new Date(clock.now()),
    };
    const { zips, tooLarge } = await zipFiles(entries, options, this.#stopping.signal);
    const files = zips
      .slice(0, discordLimits.attachments)
      .map((zip) => ({ ...zip, mime: 'application/zip', description: '' }));
    const linked = songs.filter(({ isLinked }) => isLinked).length + tooLarge.length;
    const description = visit.words.exported.part(errand.parts + 1, songs.length, linked);
    const letter = {
      card: { embeds: [{ description, color: cardColours.done }], components: [] },
      files,
      mention: '',
    };
    try {
      await (errand.parts === 0 ? roads.answer(visit, letter) : roads.followUp(visit, letter));
      errand.parts += 1;
      await Promise.all(entries.map(({ path }) => rm(path, { force: true })));
    } catch (error) {
      if (!isTooLarge(error) || files.length === 0) throw error;
      errand.room = lessRoom(
        room,
        files.map(({ bytes }) => bytes),
      );
      for (const part of inBatches(songs, errand.room.all)) await this.#send(errand, part);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

const sizeOf = (songs: readonly Packed[]): number => songs.reduce((sum, { bytes }) => sum + bytes, 0);

function inBatches(songs: readonly Packed[], most: number): Packed[][] {
  const batches: Packed[][] = [];
  for (const song of songs) {
    const last = batches.at(-1);
    if (last === undefined || sizeOf([...last, song]) > most) batches.push([song]);
    else last.push(song);
  }
  return batches;
}
