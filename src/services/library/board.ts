/** A server's board: songs that enough members made a favourite are posted there, each once. */
import type { Job } from '../../domain/job-record.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import type { Track } from '../../domain/track.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { TrackTable } from '../storage/track-table.ts';
import type { Words } from '../text/en.ts';

export interface BoardOptions {
  tracks: Pick<TrackTable, 'countFavourites' | 'toBoard' | 'offBoard'>;
  settings: { of(guildId: string): GuildSettings };
  jobs: { find(id: string): Promise<Job | undefined> };
  /** To a channel of the server. Rejects where Discord says no. */
  post: (channelId: string, message: BoardPost) => Promise<void>;
  clock: Clock;
  log: Logger;
  words: Words;
}

export interface BoardPost {
  embeds: object[];
}

const colour = 0xf0b132;

export class Board {
  readonly #options: BoardOptions;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /**
   * Somebody has just made it a favourite. A courtesy: what goes wrong is logged, and nobody waits for it. It is marked
   * before it is posted: should the process die in between, the board lacks a song rather than showing it twice.
   */
  async starred(track: Track): Promise<void> {
    const { tracks, settings, clock, log } = this.#options;
    const { id, guildId } = track;
    const board = guildId === null || track.private ? null : settings.of(guildId).board;
    if (board === null) return;
    try {
      const stars = await tracks.countFavourites(id);
      if (stars < board.stars || !(await tracks.toBoard(id, clock.now()))) return;
      try {
        await this.#post(track, board.channel, stars);
      } catch (error) {
        await tracks.offBoard(id);
        throw error;
      }
    } catch (error) {
      log.warn({ err: error, guildId }, 'a song could not be posted to the board');
    }
  }

  async #post(track: Track, channelId: string, stars: number): Promise<void> {
    const { jobs, post, words } = this.#options;
    const messageId = (await jobs.find(track.jobId))?.card.messageId;
    const link =
      typeof messageId === 'string'
        ? `https://discord.com/channels/${track.guildId}/${track.channelId}/${messageId}`
        : undefined;
    const lines = [
      words.board.by(track.userId),
      ...(track.style === null ? [] : [track.style]),
      ...(link === undefined ? [] : [words.board.listen(link)]),
    ];
    await post(channelId, {
      embeds: [
        {
          color: colour,
          title: track.title === '' ? words.card.untitled : track.title,
          description: lines.join('\n'),
          ...(link === undefined ? {} : { url: link }),
          ...(track.imageUrl === null ? {} : { thumbnail: { url: track.imageUrl } }),
          footer: { text: words.board.stars(stars) },
        },
      ],
    });
  }
}
