import type { FaultAct, RequestLine } from '../faults.ts';
import type { EmulatedDiscord } from '../discord/discord.ts';
import type { EmulatedSongApi } from '../song-api/emulated-song-api.ts';
import type { Weather } from './news.ts';

const mib = 1_048_576;
const slowMs = 4_000;

const troubles: Record<Exclude<Weather['songApi'], 'fine'>, FaultAct> = {
  down: { kind: 'drop' },
  busy: { kind: 'answer', status: 429, headers: { 'retry-after': '2' }, body: '' },
  slow: { kind: 'delay', ms: slowMs },
};

/** The switches of the page: lasting trouble, until it is switched off. */
export class WeatherStation {
  readonly #discord: EmulatedDiscord;
  readonly #songApi: EmulatedSongApi;
  #weather: Weather;
  #calm: { songApi: () => void; discord: () => void } = {
    songApi: () => undefined,
    discord: () => undefined,
  };

  constructor(discord: EmulatedDiscord, songApi: EmulatedSongApi) {
    this.#discord = discord;
    this.#songApi = songApi;
    this.#weather = {
      songApi: 'fine',
      tasksFail: false,
      discordDown: false,
      uploadLimitMb: Math.round(discord.uploadLimitBytes / mib),
    };
  }

  get now(): Weather {
    return this.#weather;
  }

  change(change: Partial<Weather>): Weather {
    const next = { ...this.#weather, ...change };
    if (next.songApi !== this.#weather.songApi) {
      this.#calm.songApi();
      this.#calm.songApi =
        next.songApi === 'fine'
          ? () => undefined
          : this.#songApi.faults.add(() => true, troubles[next.songApi], Infinity);
    }
    if (next.discordDown !== this.#weather.discordDown) {
      this.#calm.discord();
      this.#calm.discord = () => undefined;
      if (next.discordDown) {
        // The page itself listens to the files of Discord's CDN: those stay.
        const isApi = ({ path }: RequestLine): boolean => path.startsWith('/api/');
        this.#calm.discord = this.#discord.faults.add(isApi, { kind: 'drop' }, Infinity);
        this.#discord.gateway.dropSockets();
      }
    }
    this.#songApi.always(next.tasksFail ? { fail: 'The model ran out of breath.' } : undefined);
    this.#discord.uploadLimitBytes = next.uploadLimitMb * mib;
    this.#weather = next;
    return next;
  }
}
