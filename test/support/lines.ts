import type { Rig } from '../../playground/rig.ts';
import { shakyLine, type ShakyLine } from './shaky-line.ts';

/** From now on the bot reaches Discord, REST and gateway, over a line that can fail. */
export async function lineToDiscord(rig: Rig): Promise<ShakyLine> {
  const line = await shakyLine(rig.discord.port);
  await rig.app.stop();
  rig.environment['DISCORD_API_URL'] = `http://${line.host}/api`;
  rig.discord.gateway.url = `ws://${line.host}`;
  await rig.restart();
  return line;
}

/** From now on the bot reaches the song API over a line that can fail; files keep their own way. */
export async function lineToSongApi(rig: Rig): Promise<ShakyLine> {
  const line = await shakyLine(rig.songApi.port);
  rig.environment['CCAPI_BASE_URL'] = `http://${line.host}`;
  await rig.restart();
  return line;
}
