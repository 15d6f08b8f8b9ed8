import type { Job } from '../../domain/job-record.ts';
import { wordsFor } from '../text/words-for.ts';
import { songCard } from './card.ts';
import type { FetchedSong, Take } from './fetch-takes.ts';
import type { Letter, Upload } from './roads.ts';

/** A finished song as a letter: what is no larger than `limit` (Discord counts each file alone) is attached. */
export function composeSong(job: Job, song: FetchedSong, limit: number, mention: string): Letter {
  const fits = (bytes: number): boolean => bytes <= limit;
  const cover = song.cover !== undefined && fits(song.cover.bytes) ? song.cover : undefined;
  const audio = song.takes.flatMap(({ audio, fileName, name }): Upload[] =>
    audio === null || !fits(audio.bytes)
      ? []
      : [{ path: audio.path, fileName, mime: audio.mime, description: name, bytes: audio.bytes }],
  );
  const card = songCard(
    job,
    wordsFor(job.locale),
    song.takes.map((take) => ({
      clip: take.clip,
      name: take.name,
      seconds: take.audio?.seconds ?? take.clip.seconds,
      road: roadOf(take, fits),
    })),
    cover?.fileName,
  );
  const picture: Upload[] = cover === undefined ? [] : [{ ...cover, mime: 'image/*', description: '' }];
  return { card, files: [...audio, ...picture], mention };
}

function roadOf(take: Take, fits: (bytes: number) => boolean): 'attached' | 'too-large' | 'unfetched' {
  if (take.audio === null) return 'unfetched';
  return fits(take.audio.bytes) ? 'attached' : 'too-large';
}
