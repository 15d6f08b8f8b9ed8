/**
 * The ladder of roads to a card: the interaction's token while it lives, then the bot's own right to edit its
 * message, then a new message that mentions the member, then a direct message. Each request here may be repeated
 * without harm: edits by nature, new messages since we look whether they are there, and by their enforced nonce.
 */
import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MessageFlags, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { CardAddress, Job } from '../../domain/job-record.ts';
import { discordLimits } from '../../domain/limits.ts';
import type { VoiceMessage } from '../audio/voice-message.ts';
import { keepToken } from '../keep-token.ts';
import { nodeFetch } from '../node-fetch.ts';
import { isClosedRoad, isRefused, isUnknown } from './discord-errors.ts';
import { findCard } from './find-card.ts';
import type { Card } from './card.ts';

export interface Upload {
  path: string;
  fileName: string;
  mime: string;
  /** Alternative text; empty for none. */
  description: string;
  bytes: number;
}

export interface Letter {
  card: Card;
  /** All that the message is to have. */
  files: readonly Upload[];
  /** Goes above the card when it has to be a new message; may ping its member and nobody else. */
  mention: string;
}

/** A letter without a word about files: the message keeps those it has. */
type ProgressLetter = Omit<Letter, 'files'> & { files: undefined };

export interface RoadsOptions {
  /** REST base without the version. */
  apiUrl: string;
  token: string;
  now: () => number;
}

const messageSchema = z.object({ id: z.string() });
/** Milliseconds until Discord's answer to an edit; an upload of 20 MB needs a slow line's time. */
const timeoutMs = { edit: 15_000, upload: 180_000 };
const waitsMs = [300, 1_200];

/** No road is left: Discord will not take this card anywhere we know. */
export class NoRoad extends Error {
  constructor(cause: unknown) {
    super('no road leads to this card', { cause });
    this.name = 'NoRoad';
  }
}

/** Where a card ended up, and whether its member was notified on the way. */
export interface Arrival {
  messageId: string;
  pinged: boolean;
}

export class Roads {
  readonly #now: () => number;
  /** Uploads have their own REST, so that a slow one holds up no edit and has its own deadline. */
  readonly #edits: REST;
  /** By the bot's own token. */
  readonly #ownEdits: REST;
  readonly #uploads: REST;

  constructor(options: RoadsOptions) {
    this.#now = options.now;
    const rest = (timeout: number, perSecond: number): REST =>
      keepToken(
        new REST({
          version: '10',
          api: options.apiUrl,
          timeout,
          // discord.js repeats at once and re-sends what timed out; we wait, and know what may be repeated.
          retries: 0,
          globalRequestsPerSecond: perSecond,
          handlerSweepInterval: 60_000,
          makeRequest: nodeFetch,
        }),
      ).setToken(options.token);
    // Interaction endpoints are exempt from Discord's 50 requests a second, what goes by the bot's token is not.
    this.#edits = rest(timeoutMs.edit, Number.POSITIVE_INFINITY);
    this.#ownEdits = rest(timeoutMs.edit, discordLimits.requestsPerSecond.edits);
    this.#uploads = rest(timeoutMs.upload, discordLimits.requestsPerSecond.uploads);
  }

  /**
   * Shows a card in place, where a living road leads to it. The message's id, or undefined when none does. Says nothing
   * of files: an edit that Discord carries out long after we gave it up must not take a finished song's audio away.
   */
  async edit(job: Job, card: Card): Promise<string | undefined> {
    for (const road of this.#editRoads(job)) {
      try {
        return (await this.#send(road, { card, files: undefined, mention: '' })).messageId;
      } catch (error) {
        if (!isClosedRoad(error)) throw error;
      }
    }
    return undefined;
  }

  /** Brings a finished card to its member by the first road that works. Throws `NoRoad` when none does. */
  async deliver(job: Job, letter: Letter): Promise<Arrival> {
    let closed: unknown;
    for (const road of [...this.#editRoads(job), ...this.#newMessageRoads(job)]) {
      try {
        return await this.#send(road, letter);
      } catch (error) {
        if (!isClosedRoad(error)) throw error;
        closed = error;
      }
    }
    throw new NoRoad(closed);
  }

  /** Tells a member of a card that changed in place while nobody was looking: an edit pings nobody. */
  async announce(job: Job, text: string): Promise<void> {
    if (job.private) return;
    await this.#ownEdits.post(Routes.channelMessages(job.channelId), {
      body: {
        content: text,
        allowed_mentions: { users: [job.userId] },
        nonce: `ready-${job.id}`,
        enforce_nonce: true,
      },
    });
  }

  /** Fills in the answer to an interaction, by its token alone. Throws what Discord says. */
  answer(
    { applicationId, token }: Pick<CardAddress, 'applicationId' | 'token'>,
    letter: Letter,
  ): Promise<Arrival> {
    return this.#send(edit(false, Routes.webhookMessage(applicationId, token)), letter);
  }

  /** One more answer to the same interaction, for the same eyes only. */
  followUp(
    { applicationId, token }: Pick<CardAddress, 'applicationId' | 'token'>,
    letter: Letter,
  ): Promise<Arrival> {
    const path = Routes.webhook(applicationId, token);
    const address = { method: 'POST', path, flags: MessageFlags.Ephemeral, pinged: false } as const;
    return this.#send({ auth: false, address: async () => address }, letter);
  }

  /** Takes a card away for good. Throws what Discord says, unless there is nothing to take away any more. */
  async takeAway(channelId: string, messageId: string): Promise<void> {
    try {
      await this.#ownEdits.delete(Routes.channelMessage(channelId, messageId));
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
  }

  /** The beginning of a song, as an answer to its card. Once: what Discord doesn't take isn't tried again. */
  async postVoice(job: Job, messageId: string, voice: VoiceMessage): Promise<void> {
    const { path, fileName, seconds, waveform } = voice;
    const payload = {
      flags: MessageFlags.IsVoiceMessage,
      attachments: [{ id: '0', filename: fileName, duration_secs: seconds, waveform }],
      message_reference: { message_id: messageId, fail_if_not_exists: false },
      allowed_mentions: { parse: [], replied_user: false },
      nonce: `voice-${job.id}`.slice(0, discordLimits.nonce),
      enforce_nonce: true,
    };
    const options = await bodyOf(payload, [{ path, fileName, mime: 'audio/ogg' }]);
    await this.#uploads.post(Routes.channelMessages(job.channelId), options);
  }

  #editRoads(job: Job): Road[] {
    const { card } = job;
    const roads: Road[] = [];
    // Forgotten with the first card; a song that was given up and comes after all has one more.
    if (card.token !== '' && this.#now() < card.tokenUntil)
      roads.push(edit(false, Routes.webhookMessage(card.applicationId, card.token)));
    // An ephemeral message is out of the bot token's reach.
    if (card.messageId !== null && !job.private)
      roads.push(edit(true, Routes.channelMessage(job.channelId, card.messageId)));
    return roads;
  }

  /** To the channel, unless it was private; then to the member themselves. */
  #newMessageRoads(job: Job): Road[] {
    const channels: (() => Promise<string>)[] = [];
    if (!job.private) channels.push(async () => job.channelId);
    if (job.private || job.guildId !== null) channels.push(() => this.#directMessages(job.userId));
    return channels.map((channel) => ({
      auth: true,
      address: async () => this.#newMessage(job, await channel()),
    }));
  }

  /** A new message, unless one of ours shows this job there already: then that one again. */
  async #newMessage(job: Job, channelId: string): Promise<Address> {
    const found = await findCard(this.#ownEdits, channelId, job);
    if (found !== undefined)
      return {
        method: 'PATCH',
        path: Routes.channelMessage(channelId, found.messageId),
        pinged: found.pinged,
      };
    const path = Routes.channelMessages(channelId);
    return { method: 'POST', path, nonce: nonceOf(job), mentions: job.userId, pinged: true };
  }

  async #directMessages(userId: string): Promise<string> {
    const channel = await this.#ownEdits.post(Routes.userChannels(), { body: { recipient_id: userId } });
    return messageSchema.parse(channel).id;
  }

  async #send(road: Road, letter: Letter | ProgressLetter): Promise<Arrival> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const address = await road.address();
        const message = messageSchema.parse(await this.#request(road.auth, address, letter));
        return { messageId: message.id, pinged: address.pinged };
      } catch (error) {
        const wait = waitsMs[attempt];
        if (wait === undefined || isRefused(error)) throw error;
        await sleep(wait);
      }
    }
  }

  async #request(
    auth: boolean,
    { method, path, nonce, mentions, flags }: Address,
    { card, files, mention }: Letter | ProgressLetter,
  ): Promise<unknown> {
    const attachments = files?.map((file, index) => ({
      id: String(index),
      filename: file.fileName,
      description: file.description.slice(0, discordLimits.attachmentDescription),
    }));
    const payload = {
      ...(mentions === undefined ? {} : { content: mention }),
      ...card,
      ...(flags === undefined ? {} : { flags }),
      ...(attachments === undefined ? {} : { attachments }),
      allowed_mentions: { parse: [], ...(mentions === undefined ? {} : { users: [mentions] }) },
      ...(nonce === undefined ? {} : { nonce, enforce_nonce: true }),
    };
    const edits = auth ? this.#ownEdits : this.#edits;
    const rest = files?.length ? this.#uploads : edits;
    const options = { auth, ...(await bodyOf(payload, files ?? [])) };
    return method === 'PATCH' ? rest.patch(path, options) : rest.post(path, options);
  }
}

interface Road {
  auth: boolean;
  /** Where it leads, as of now: some roads must be opened or looked along first. */
  address: () => Promise<Address>;
}

interface Address {
  method: 'PATCH' | 'POST';
  path: `/${string}`;
  nonce?: string;
  mentions?: string;
  flags?: number;
  /** What arrives there notifies its member, or has done so before. */
  pinged: boolean;
}

function edit(auth: boolean, path: Address['path']): Road {
  return { auth, address: async () => ({ method: 'PATCH', path, pinged: false }) };
}

/** The same job asks Discord for the same message within its memory of nonces. */
const nonceOf = (job: Job): string => `minstrel-${job.id}`.slice(0, discordLimits.nonce);

/** Files go from the disk to the socket: a blob over a path holds no bytes. */
async function bodyOf(
  payload: object,
  files: readonly Pick<Upload, 'path' | 'fileName' | 'mime'>[],
): Promise<{ body: unknown; passThroughBody?: true }> {
  if (files.length === 0) return { body: payload };
  const form = new FormData();
  form.set('payload_json', JSON.stringify(payload));
  for (const [index, file] of files.entries())
    form.set(`files[${index}]`, await openAsBlob(file.path, { type: file.mime }), file.fileName);
  return { body: form, passThroughBody: true };
}
