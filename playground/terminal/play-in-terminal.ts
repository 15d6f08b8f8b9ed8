import { openRig } from '../rig.ts';
import { ChannelScreen } from './channel-screen.ts';
import { saveSong } from './save-song.ts';

export interface TerminalOptions {
  prompt: string;
  /** Where the audio file goes. */
  out: string;
  /** Keeps everything running afterwards. */
  serve: boolean;
}

/** A member asks for a song, the channel is shown as it changes, and the audio file is left behind. */
export async function playInTerminal({ prompt, out, serve }: TerminalOptions): Promise<void> {
  console.log('Starting an emulated Discord, an emulated song API, and Minstrel between them…\n');
  const rig = await openRig({
    songApi: { songMs: [7_000, 8_000], pollerMs: 1_000 },
    environment: { POLL_INTERVAL_MS: '1000', LOG_LEVEL: 'warn' },
    seams: { progressEveryMs: 1_000 },
  });
  const guild = rig.discord.guild('The Music Room');
  const channel = guild.channel('songs');
  const alice = guild.member('alice', { admin: true });

  const screen = new ChannelScreen(rig.discord, channel);
  try {
    await alice.in(channel).runs('/song', { prompt });
    const card = await rig.discord.until(
      'the finished card',
      () => channel.cards().find((message) => message.attachments.length > 0),
      120_000,
    );
    screen.close();
    const files = await saveSong(card, out);
    console.log(files.map((file) => `\nThe song is in ${file}`).join(''));
  } finally {
    screen.close();
    if (!serve) await rig.stop();
  }
  if (!serve) return;
  console.log(
    [
      '',
      'Everything keeps running until Ctrl+C:',
      `  Discord's REST API  ${rig.discord.apiUrl}`,
      `  song API            ${rig.songApi.url}`,
      '',
    ].join('\n'),
  );
  process.once('SIGINT', () => void rig.stop().then(() => process.exit(0)));
}
