/** What a member brings is looked at before it costs anything: is it audio, is it short enough, is it whole. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../domain/errors.ts';
import { newJobId } from '../../domain/ids.ts';
import { byteLimits, uploadSeconds } from '../../domain/limits.ts';
import { NotAudio, probeAudio } from '../audio/probe.ts';
import { MediaError, type Media } from '../song-api/media.ts';
import type { SentFile } from '../visit.ts';

export interface FileCheckOptions {
  media: Pick<Media, 'download'>;
  /** For files while they are looked at. */
  folder: string;
}

export class FileCheck {
  readonly #options: FileCheckOptions;

  constructor(options: FileCheckOptions) {
    this.#options = options;
  }

  /** Throws `Refusal` for anything but a whole audio file of a length that the song API takes. */
  async require(file: SentFile): Promise<void> {
    const { media, folder } = this.#options;
    if (file.bytes > byteLimits.media) throw new Refusal({ is: 'file-too-large', most: byteLimits.media });
    const path = join(folder, `incoming-${newJobId()}`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await media.download(file.url, path, byteLimits.media);
      const { seconds } = await probeAudio(path);
      if (seconds > uploadSeconds) throw new Refusal({ is: 'file-too-long', most: uploadSeconds, seconds });
    } catch (error) {
      if (error instanceof NotAudio) throw new Refusal({ is: 'not-audio' });
      if (error instanceof MediaError) throw new Refusal({ is: 'file-gone' });
      throw error;
    } finally {
      await rm(path, { force: true });
    }
  }
}
