/** The upper part of the composition root: everything that members can type, press and fill in. */
import type { Archive } from './archive.ts';
import type { Button, FormHandler } from './buttons/button.ts';
import { createButtons, createForms, turnPage, type TurnPage } from './buttons/index.ts';
import type { Command, MessageCommand } from './commands/command.ts';
import { createCommands, createMessageCommands } from './commands/index.ts';
import type { Config } from './config.ts';
import type { Catalogue } from './domain/actions.ts';
import type { ButtonName } from './domain/custom-id.ts';
import type { Job } from './domain/job-record.ts';
import type { Track } from './domain/track.ts';
import type { Clock } from './services/clock.ts';
import type { Availability } from './services/jobs/availability.ts';
import { BroughtFiles, broughtFileSchema } from './services/jobs/brought-files.ts';
import { DeedDesk, type Downloads } from './services/jobs/deed-desk.ts';
import { FileCheck } from './services/jobs/file-check.ts';
import { Orders, waitingOrderSchema } from './services/jobs/orders.ts';
import type { Workshop } from './services/jobs/workshop.ts';
import { Board, type BoardPost } from './services/library/board.ts';
import type { ExportSongs } from './services/delivery/export-songs.ts';
import type { ShowAgain } from './services/delivery/show-again.ts';
import { FamilyTree, type FamilyTreeOptions } from './services/library/family-tree.ts';
import { Shelves } from './services/library/shelves.ts';
import { SongFinder } from './services/library/song-finder.ts';
import type { Logger } from './services/logger.ts';
import type { Steward } from './services/quota/steward.ts';
import type { Media } from './services/song-api/media.ts';
import { MemberTable } from './services/storage/member-table.ts';
import { en } from './services/text/en.ts';
import type { Visit } from './services/visit.ts';

/** The rooms below that the counters need. */
export interface CounterRooms {
  catalogue: Catalogue;
  workshop: Workshop;
  availability: Availability;
  steward: Steward;
  media: Pick<Media, 'download'>;
  downloads: Downloads;
  clock: Clock;
  log: Logger;
  /** A message of the bot's own to a channel. Rejects where Discord says no. */
  post: (channelId: string, message: BoardPost) => Promise<void>;
  /** PNG of a song's versions. */
  drawVersions: FamilyTreeOptions['draw'];
  showAgain: Pick<ShowAgain, 'plan'>;
  exportSongs: Pick<ExportSongs, 'plan'>;
  /** Takes a song's card away; false where that couldn't be done. */
  takeAway: (job: Job) => Promise<boolean>;
  /** For files while they are looked at. */
  folder: string;
}

export interface Counters {
  commands: readonly Command[];
  messageCommands: readonly MessageCommand[];
  /** What Discord is told about. */
  all: readonly (Command | MessageCommand)[];
  buttons: Record<ButtonName, Button>;
  forms: Partial<Record<ButtonName, FormHandler>>;
  turnPage: TurnPage;
}

export function openCounters(
  config: Pick<Config, 'OWNER_IDS' | 'OPERATOR_GUILD_IDS'>,
  { storage, settings, jobs, tracks, till, ledger }: Archive,
  rooms: CounterRooms,
): Counters {
  const { catalogue, workshop, availability, media, downloads, clock, folder, log, post } = rooms;
  const standings = (visit: Visit) => till.standings(storage.db, visit);
  const orders = new Orders({
    workshop,
    catalogue,
    settings,
    availability,
    standings,
    waiting: storage.kv('waiting-orders', waitingOrderSchema),
  });
  const board = new Board({ tracks, settings, jobs, post, clock, log, words: en });
  const needs = {
    ...rooms,
    board,
    members: new MemberTable(storage),
    orders,
    settings,
    jobs,
    tracks,
    standings,
    deedDesk: new DeedDesk({
      catalogue,
      orders,
      tracks,
      fileCheck: new FileCheck({ media, folder }),
      downloads,
    }),
    broughtFiles: new BroughtFiles(storage.kv('brought-files', broughtFileSchema)),
    songs: new SongFinder(tracks, clock),
    shelves: new Shelves({ tracks, catalogue, clock }),
    familyTree: new FamilyTree({
      tracks,
      catalogue,
      log,
      namesIn: (guildId) => ledger.names(storage.db, guildId),
      draw: rooms.drawVersions,
    }),
    async keep({ userId, words }: Visit, track: Track) {
      await tracks.favour(userId, track.id, clock.now());
      await board.starred(track);
      return { content: words.kept(track.title) };
    },
    ownerIds: config.OWNER_IDS,
    operatorGuildIds: config.OPERATOR_GUILD_IDS,
    async onPause(guildId: string) {
      workshop.handOut();
      await workshop.showWaiting(guildId);
    },
  };
  const commands = createCommands(needs);
  const messageCommands = createMessageCommands(needs);
  return {
    commands,
    messageCommands,
    all: [...commands, ...messageCommands],
    buttons: createButtons(needs),
    forms: createForms(needs),
    turnPage: turnPage(needs),
  };
}
