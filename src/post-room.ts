/** The middle part of the composition root: everything that leaves for Discord by itself. */
import type { Archive } from './archive.ts';
import type { Config } from './config.ts';
import type { Catalogue } from './domain/actions.ts';
import type { SongDeedName } from './domain/deeds.ts';
import type { FailReason } from './domain/job.ts';
import type { Job, Wait } from './domain/job-record.ts';
import type { Step } from './domain/step.ts';
import type { Ffmpeg } from './services/audio/ffmpeg.ts';
import { makeSmaller } from './services/audio/make-smaller.ts';
import { makeVoiceMessage } from './services/audio/voice-message.ts';
import { waveform } from './services/audio/waveform.ts';
import type { Clock } from './services/clock.ts';
import { Delivery } from './services/delivery/delivery.ts';
import type { ResultOptions } from './services/delivery/deliver-result.ts';
import { Notices } from './services/delivery/notices.ts';
import { Roads } from './services/delivery/roads.ts';
import { ExportSongs } from './services/delivery/export-songs.ts';
import { VoicePreviews } from './services/delivery/voice-previews.ts';
import { ShowAgain } from './services/delivery/show-again.ts';
import type { Availability } from './services/jobs/availability.ts';
import type { Durations } from './services/jobs/durations.ts';
import { freshResult } from './services/jobs/fresh-result.ts';
import type { Logger } from './services/logger.ts';
import { drawSongCard } from './services/pictures/draw-song-card.ts';
import { drawSongCover } from './services/pictures/draw-song-cover.ts';
import type { Media } from './services/song-api/media.ts';
import type { SongApi } from './services/song-api/song-api.ts';

/** The rooms that the post room needs, and what it tells the workshop, which comes after it. */
export interface PostRooms {
  catalogue: Catalogue;
  availability: Pick<Availability, 'isServed'>;
  durations: Pick<Durations, 'expectedAt'>;
  songApi: Pick<SongApi, 'fetchTask'>;
  /** Patient with files that lag behind their song. */
  media: Pick<Media, 'download'>;
  /** For songs of which the files have been there for long, if they are there at all. */
  quickMedia: Pick<Media, 'download'>;
  ffmpeg: Ffmpeg | undefined;
  clock: Clock;
  log: Logger;
  /** For files on their way. */
  folder: string;
  progressEveryMs: number;
  reached: ((step: Step) => void) | undefined;
  /** What can be had although the song API doesn't serve it. */
  isMadeHere: (deed: SongDeedName) => boolean;
  waitOf: (job: Job) => Promise<Wait>;
  onUnusable: (jobId: string, why: FailReason) => Promise<void>;
}

export interface PostRoom {
  delivery: Delivery;
  showAgain: ShowAgain;
  exportSongs: ExportSongs;
  /** Takes a song's card away; false where Discord doesn't let us. */
  takeAway: (job: Job) => Promise<boolean>;
  notices: Notices;
  close(): Promise<unknown>;
}

export function openPostRoom(
  config: Pick<Config, 'DISCORD_API_URL' | 'DISCORD_TOKEN'>,
  { jobs, tracks, settings }: Pick<Archive, 'jobs' | 'tracks' | 'settings'>,
  rooms: PostRooms,
): PostRoom {
  const { catalogue, availability, durations, songApi, media, quickMedia, ffmpeg, clock, log } = rooms;
  const { DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token } = config;
  const roads = new Roads({ apiUrl, token, now: () => clock.now() });
  const results: ResultOptions = {
    roads,
    media,
    log,
    folder: rooms.folder,
    reached: rooms.reached,
    onMeasured(jobId, takes) {
      tracks
        .measured(jobId, takes)
        .catch((error: unknown) =>
          log.warn({ err: error, jobId }, 'the length of a song could not be noted'),
        );
    },
    offer: {
      catalogue,
      isServed: (action) => availability.isServed(action),
      isMadeHere: rooms.isMadeHere,
    },
    draw: { songCard: (picture) => drawSongCard(picture), songCover: drawSongCover },
    peaksOf: (file, points, signal) => waveform(file, { points, ffmpeg, log, signal }),
    makeSmaller: (file, maxBytes, about) => makeSmaller(file, maxBytes, about, ffmpeg, log),
    freshResult: (job) => freshResult(songApi, catalogue, job),
  };
  const voices = new VoicePreviews({
    roads,
    log,
    folder: rooms.folder,
    isWanted: (guildId) => settings.of(guildId).voicePreview,
    makeVoice: (file, signal) => makeVoiceMessage(file, { ffmpeg, log, signal }),
  });
  const delivery = new Delivery({
    ...results,
    onPosted: (job, goods) => voices.setAside(job, goods),
    onDelivered: (job, messageId) => voices.send(job, messageId),
    jobs,
    clock,
    progressEveryMs: rooms.progressEveryMs,
    expectedAt: (job) => durations.expectedAt(job),
    waitOf: rooms.waitOf,
    onUnusable: rooms.onUnusable,
  });
  const showAgain = new ShowAgain({ ...results, media: quickMedia, jobs, tracks, settings });
  const exportSongs = new ExportSongs({ ...results, media: quickMedia, jobs, tracks, clock, roads });
  const notices = new Notices({
    apiUrl,
    token,
    log,
    channelOf: (guildId) => settings.of(guildId).auditChannel,
  });
  return {
    delivery,
    showAgain,
    exportSongs,
    notices,
    async takeAway({ id: jobId, channelId, card, private: isPrivate }) {
      // Nobody but its member can take an ephemeral message away.
      if (card.messageId === null || isPrivate) return false;
      try {
        await roads.takeAway(channelId, card.messageId);
        return true;
      } catch (error) {
        log.warn({ err: error, jobId }, 'the card of a deleted song could not be taken away');
        return false;
      }
    },
    close() {
      showAgain.close();
      exportSongs.close();
      return Promise.all([delivery.close().then(() => voices.close()), notices.close()]);
    },
  };
}
