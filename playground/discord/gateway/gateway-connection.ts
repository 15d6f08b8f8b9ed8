import { GatewayCloseCodes as Code, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { RawData, WebSocket } from 'ws';
import { isRecord } from '../rest/schema-judge.ts';

export interface ConnectionHandlers {
  heartbeatIntervalMs: number;
  /** True: heartbeats go unanswered. */
  isSilent(): boolean;
  identify(data: Record<string, unknown>): void;
  resume(data: Record<string, unknown>): void;
  now(): number;
}

const MAX_PAYLOAD_BYTES = 4_096;
const MAX_EVENTS_PER_MINUTE = 120;

/** One socket of a client: the protocol below sessions. */
export class GatewayConnection {
  readonly #socket: WebSocket;
  readonly #handlers: ConnectionHandlers;
  #isKnown = false;
  #events: number[] = [];

  constructor(socket: WebSocket, handlers: ConnectionHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    // A socket that ends badly is followed by `close`, which is where it is dealt with.
    socket.on('error', () => undefined);
    this.#send(Op.Hello, { heartbeat_interval: handlers.heartbeatIntervalMs, _trace: [] });
  }

  #receive(data: RawData, isBinary: boolean): void {
    const bytes = data as Buffer;
    if (isBinary || bytes.length > MAX_PAYLOAD_BYTES) return this.#close(Code.DecodeError, 'Decode error');
    if (this.#isTooFast()) return this.#close(Code.RateLimited, 'Rate limited');
    const payload = parse(bytes.toString());
    if (payload === undefined) return this.#close(Code.DecodeError, 'Decode error');
    const details = isRecord(payload['d']) ? payload['d'] : {};
    switch (payload['op']) {
      case Op.Heartbeat:
        if (!this.#handlers.isSilent()) this.#send(Op.HeartbeatAck, undefined);
        return;
      case Op.Identify:
        if (this.#isKnown) return this.#close(Code.AlreadyAuthenticated, 'Already authenticated');
        this.#isKnown = true;
        return this.#handlers.identify(details);
      case Op.Resume:
        if (this.#isKnown) return this.#close(Code.AlreadyAuthenticated, 'Already authenticated');
        this.#isKnown = true;
        return this.#handlers.resume(details);
      case Op.PresenceUpdate:
      case Op.VoiceStateUpdate:
      case Op.RequestGuildMembers:
      case Op.RequestSoundboardSounds:
        if (!this.#isKnown) this.#close(Code.NotAuthenticated, 'Not authenticated');
        return;
      default:
        this.#close(Code.UnknownOpcode, 'Unknown opcode');
    }
  }

  /** After an invalid session the client may identify on the same socket. */
  invalidate(isResumable: boolean): void {
    this.#isKnown = false;
    this.#send(Op.InvalidSession, isResumable);
  }

  reconnect(): void {
    this.#send(Op.Reconnect, null);
  }

  #isTooFast(): boolean {
    const now = this.#handlers.now();
    this.#events = this.#events.filter((at) => at > now - 60_000);
    return this.#events.push(now) > MAX_EVENTS_PER_MINUTE;
  }

  #send(op: number, d: unknown): void {
    this.#socket.send(JSON.stringify({ op, d, s: null, t: null }));
  }

  #close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const payload: unknown = JSON.parse(text);
    return isRecord(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}
