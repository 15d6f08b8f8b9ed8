/** The list of commands. A file that isn't in it doesn't exist for Discord; a test compares it with the folder. */
import { acapella } from './acapella.ts';
import { add } from './add.ts';
import { bpm } from './bpm.ts';
import type { Command, MessageCommand } from './command.ts';
import { concat } from './concat.ts';
import { coverThis } from './cover-this.ts';
import { cover } from './cover.ts';
import { download } from './download.ts';
import { extend } from './extend.ts';
import { help } from './help.ts';
import { jobs } from './jobs.ts';
import { karaoke } from './karaoke.ts';
import { lyrics } from './lyrics.ts';
import { mashup } from './mashup.ts';
import { midi } from './midi.ts';
import { operator, type OperatorNeeds } from './operator.ts';
import { persona } from './persona.ts';
import { privacy } from './privacy.ts';
import { quotaAdmin, type QuotaAdminNeeds } from './quota-admin.ts';
import { quota } from './quota.ts';
import { remaster } from './remaster.ts';
import { replace } from './replace.ts';
import { sample } from './sample.ts';
import { saveThis } from './save-this.ts';
import { settings } from './settings.ts';
import type { DeedNeeds } from './song-command.ts';
import { song, type SongNeeds } from './song.ts';
import { songs, type SongsNeeds } from './songs.ts';
import { sound } from './sound.ts';
import { splitThis } from './split-this.ts';
import { stems } from './stems.ts';
import { swap } from './swap.ts';
import { tags } from './tags.ts';
import type { MessageDeedNeeds } from './this-audio.ts';
import { upload } from './upload.ts';
import { variation } from './variation.ts';
import { video } from './video.ts';

export type CommandNeeds = SongNeeds &
  SongsNeeds &
  DeedNeeds &
  MessageDeedNeeds &
  QuotaAdminNeeds &
  OperatorNeeds &
  Parameters<typeof quota>[0] &
  Parameters<typeof privacy>[0] &
  Parameters<typeof settings>[0] &
  Parameters<typeof jobs>[0];

export function createCommands(needs: CommandNeeds): Command[] {
  const everywhere = [
    song(needs),
    lyrics(needs),
    ...[cover, extend, variation, replace, swap, add, remaster, mashup, sample].map((make) => make(needs)),
    ...[stems, acapella, karaoke, bpm, midi, concat, video, download, upload, persona].map((make) =>
      make(needs),
    ),
    sound(needs),
    tags(needs),
    songs(needs),
    jobs(needs),
    quota(needs),
    privacy(needs),
    quotaAdmin(needs),
    settings(needs),
    help(),
  ];
  return needs.operatorGuildIds.length === 0 ? everywhere : [...everywhere, operator(needs)];
}

/** What opens with a right click on a message. */
export function createMessageCommands(needs: CommandNeeds): MessageCommand[] {
  return [coverThis(needs), splitThis(needs), saveThis(needs)];
}
