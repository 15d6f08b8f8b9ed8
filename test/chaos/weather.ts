import type { EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedSongApi } from '../../playground/song-api/emulated-song-api.ts';
import type { GatewayTrouble, Trouble } from './plan.ts';
import { isFinal, type Witness } from './witness.ts';

/** Lets trouble happen, and counts what has really struck. */
export class Weather {
  readonly struck = new Map<string, number>();
  readonly #discord: EmulatedDiscord;
  readonly #songApi: EmulatedSongApi;
  readonly #witness: Witness;
  readonly #uploadLimit: number;

  constructor(discord: EmulatedDiscord, songApi: EmulatedSongApi, witness: Witness) {
    this.#discord = discord;
    this.#songApi = songApi;
    this.#witness = witness;
    this.#uploadLimit = discord.uploadLimitBytes;
  }

  begin(trouble: Trouble): void {
    const discord = this.#discord;
    const songApi = this.#songApi;
    switch (trouble.is) {
      case 'fault': {
        const { kind, act } = trouble;
        const side = kind.side === 'Discord' ? discord : songApi;
        // Asked about a request only while it is in force: a yes means that it strikes.
        side.faults.add((request) => kind.matches(request) && this.#strikes(kind.name), act);
        return;
      }
      case 'script':
        this.#strikes(`song API: task ${trouble.name}`);
        songApi.next(trouble.script);
        return;
      case 'doubled records':
        songApi.doubled = trouble.order;
        if (trouble.order !== 'off') this.#strikes('song API: doubled records');
        return;
      case 'upload limit':
        discord.uploadLimitBytes = trouble.bytes;
        if (trouble.bytes < this.#uploadLimit) this.#strikes('Discord: low upload limit');
        return;
      case 'gateway':
        this.#strikes(`Discord: gateway, ${trouble.what}`);
        this.#gateway(trouble.what);
        return;
      case 'deleted card': {
        const running = this.#witness.messages('marker-').filter((card) => !isFinal(card));
        const card = running[Math.floor(trouble.which * running.length)];
        if (card === undefined) return;
        this.#strikes('Discord: deleted card');
        card.delete();
      }
    }
  }

  clear(): void {
    this.#discord.faults.clear();
    this.#songApi.faults.clear();
    this.#songApi.doubled = 'off';
    this.#discord.uploadLimitBytes = this.#uploadLimit;
  }

  #gateway(what: GatewayTrouble): void {
    const { gateway } = this.#discord;
    switch (what) {
      case 'drop':
        return gateway.dropSockets();
      case 'reconnect':
        return gateway.reconnect();
      case 'invalid session':
        return gateway.invalidate(false);
      case 'session to resume':
        return gateway.invalidate(true);
    }
  }

  #strikes(name: string): true {
    this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
    return true;
  }
}
