import type { FaultAct, RequestLine } from '../faults.ts';
import type { EmulatedDiscord } from '../discord/discord.ts';
import type { EmulatedSongApi } from '../song-api/emulated-song-api.ts';
import type { Weather } from './news.ts';

const mib = 1_048_576;
const slowMs = 4_000;

const troubles: Partial<Record<Weather['songApi'], FaultAct>> = {
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

  async change(change: Partial<Weather>): Promise<Weather> {
    const before = this.#weather;
    const next = { ...before, ...change };
    this.#weather = next;
    if (next.songApi !== before.songApi) {
      this.#calm.songApi();
      const trouble = troubles[next.songApi];
      this.#calm.songApi =
        trouble === undefined ? () => undefined : this.#songApi.faults.add(() => true, trouble, Infinity);
      if (next.songApi === 'down') await this.#songApi.leave();
      else if (before.songApi === 'down') await this.#songApi.comeBack();
    }
    if (next.discordDown !== before.discordDown) {
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
    return next;
  }
}
