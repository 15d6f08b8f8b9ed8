/** Songs as other kinds of file, made on this machine: free, from where the song API keeps them. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { Refusal } from '../../domain/errors.ts';
import { byteLimits } from '../../domain/limits.ts';
import { safeName } from '../../domain/safe-name.ts';
import type { Track } from '../../domain/track.ts';
import { CannotConvert, convertAudio, formatsFor, type AudioFormat } from '../audio/convert-audio.ts';
import type { Ffmpeg } from '../audio/ffmpeg.ts';
import { NotAudio, probeAudio, type AudioFile } from '../audio/probe.ts';
import { tagsOf } from '../audio/song-tags.ts';
import { tagAudio } from '../audio/tag-audio.ts';
import { MediaError, type Media } from '../song-api/media.ts';
import type { View, Visit } from '../visit.ts';

export interface DownloadsOptions {
  media: Pick<Media, 'download'>;
  ffmpeg: Ffmpeg | undefined;
  /** For files while they are made. */
  folder: string;
}

/** Each holds a song in memory when it is sent. More than these wait, the rest is refused. */
const most = { atOnce: 2, waiting: 20 };
/** A cover that lags isn't waited for as the song would be. */
const coverMs = 10_000;
/** For the words of the message. */
const spareBytes = 64 * 1024;

export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #turns = pLimit(most.atOnce);

  constructor(options: DownloadsOptions) {
    this.#options = options;
  }

  /** Whether other formats are made here at all. */
  get canConvert(): boolean {
    return formatsFor('', this.#options.ffmpeg).size > 0;
  }

  /** Whether it is worth trying: by an encoder for it, or since the song seems to be of that kind already. */
  mayMake({ audioUrl }: Track, format: AudioFormat): boolean {
    if (audioUrl === null) return false;
    return (
      formatsFor('', this.#options.ffmpeg).has(format) || new RegExp(`\\.${format}(\\?|$)`).test(audioUrl)
    );
  }

  /**
   * The file as an answer, which may be made again for the same visit. `too-large`: for Discord here. `unable`: the
   * song is gone from its address, or can't be turned into this. Throws `Refusal` when too many ask at once.
   */
  async make(visit: Visit, track: Track, format: AudioFormat): Promise<View | 'too-large' | 'unable'> {
    if (this.#turns.pendingCount >= most.waiting) throw new Refusal({ is: 'rush' });
    return this.#turns(() => this.#make(visit, track, format));
  }

  async #make(visit: Visit, track: Track, format: AudioFormat): Promise<View | 'too-large' | 'unable'> {
    if (track.audioUrl === null) return 'unable';
    // As long as another process works on the same visit it has its own.
    const folder = join(this.#options.folder, `download-${visit.id}-${track.id}`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, 'take');
      await this.#options.media.download(track.audioUrl, path, byteLimits.media);
      const file = await this.#convert(await probeAudio(path), visit, track, format, folder);
      const title = track.title === '' ? visit.words.card.untitled : track.title;
      return {
        content: visit.words.results.downloaded(title, format, file.seconds),
        files: [{ name: `${safeName(title)}.${format}`, bytes: await readFile(file.path), mime: file.mime }],
      };
    } catch (error) {
      if (error instanceof CannotConvert && error.why === 'too-large') return 'too-large';
      if (!(error instanceof MediaError || error instanceof NotAudio || error instanceof CannotConvert))
        throw error;
      visit.log.warn({ err: error, trackId: track.id, format }, 'a song could not be made into another file');
      return 'unable';
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #convert(
    file: AudioFile,
    visit: Visit,
    track: Track,
    to: AudioFormat,
    folder: string,
  ): Promise<AudioFile> {
    const { log } = visit;
    const maxBytes = visit.attachmentLimit - spareBytes;
    const tags = tagsOf(track, await this.#cover(track, join(folder, 'cover')));
    const made = await convertAudio(file, { to, ffmpeg: this.#options.ffmpeg, maxBytes, tags, log });
    if (made !== file) return made;
    const tagged = await tagAudio(file, tags, log);
    return tagged.bytes <= maxBytes ? tagged : file;
  }

  async #cover({ imageUrl }: Track, path: string): Promise<string | undefined> {
    if (imageUrl === null) return undefined;
    try {
      await this.#options.media.download(imageUrl, path, byteLimits.picture, AbortSignal.timeout(coverMs));
      return path;
    } catch {
      return undefined;
    }
  }
}
