import type { BotAccount, EmulatedDiscord } from '../discord/discord.ts';
import type { EmulatedSongApi } from '../song-api/emulated-song-api.ts';

/** What joins the bot to both emulators: an ordinary environment. */
export function botEnvironment(
  account: BotAccount,
  discord: EmulatedDiscord,
  songApi: EmulatedSongApi,
  dataDir: string,
): Record<string, string> {
  return {
    DISCORD_TOKEN: account.token,
    DISCORD_API_URL: discord.apiUrl,
    CCAPI_API_KEY: songApi.key,
    CCAPI_BASE_URL: songApi.url,
    // What members bring comes from Discord's own CDN, which is here, too.
    MEDIA_TRUSTED_HOSTS: `${songApi.mediaHost},${new URL(discord.apiUrl).host}`,
    DATA_DIR: dataDir,
  };
}
