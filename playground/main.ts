/**
 * Minstrel without keys: `npm run playground` starts both emulators and the real bot between them, has a member ask
 * for a song, shows the channel as it changes, and leaves the audio file behind. `--serve` keeps all running.
 */
import { parseArgs } from 'node:util';
import { openRig } from './rig.ts';
import { saveSong } from './terminal/save-song.ts';
import { ChannelScreen } from './terminal/channel-screen.ts';

const { values } = parseArgs({
  options: {
    prompt: { type: 'string', default: 'a slow, dreamy piano waltz about the first snow' },
    out: { type: 'string', default: 'playground-out' },
    serve: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(
    [
      'npm run playground -- [options]',
      '  --prompt "…"   what the song is about',
      '  --out DIR      where the audio file goes (playground-out)',
      '  --serve        keep everything running and print the addresses',
    ].join('\n'),
  );
} else await play();

async function play(): Promise<void> {
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
    await alice.in(channel).runs('/song', { prompt: values.prompt });
    const card = await rig.discord.until(
      'the finished card',
      () => channel.cards().find((message) => message.attachments.length > 0),
      120_000,
    );
    screen.close();
    const files = await saveSong(card, values.out);
    console.log(files.map((file) => `\nThe song is in ${file}`).join(''));
  } finally {
    screen.close();
    if (!values.serve) await rig.stop();
  }
  if (!values.serve) return;
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
