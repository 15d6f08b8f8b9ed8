import { NewsDesk } from './news-desk.ts';
import type { Trick } from './news.ts';
import { openPageServer } from './page-server.ts';
import { openStudio, type Studio, type StudioOptions } from './studio.ts';
import { WeatherStation } from './weather-station.ts';

export interface Playground {
  url: string;
  studio: Studio;
  stop: () => Promise<void>;
}

/** Emulators, bot and page; the bot may still be starting. */
export async function openPlayground(options: StudioOptions & { port?: number } = {}): Promise<Playground> {
  const studio = await openStudio(options);
  const weather = new WeatherStation(studio.discord, studio.songApi);
  const desk = new NewsDesk(studio, weather);
  const trick = async (wanted: Trick): Promise<void> => {
    switch (wanted.is) {
      case 'weather':
        return desk.tell({ is: 'weather', weather: await weather.change(wanted.change) });
      case 'expire-tokens':
        return studio.discord.expireTokens();
      case 'drop-gateway':
        return studio.discord.gateway.dropSockets();
      case 'finish-songs':
        return studio.songApi.finishAll();
      case 'kill-bot':
        return studio.bot.kill();
      case 'stop-bot':
        return studio.bot.end();
      case 'start-bot':
        return studio.bot.start();
    }
  };
  const server = await openPageServer({ studio, desk, trick, port: options.port ?? 0 });
  return {
    url: server.url,
    studio,
    async stop() {
      desk.close();
      await server.stop();
      await studio.stop();
    },
  };
}
