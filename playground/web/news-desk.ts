import type { DiscordEvent } from '../discord/model/events.ts';
import type { EmulatedMessage } from '../discord/model/message.ts';
import type { EmulatedTask } from '../song-api/emulated-task.ts';
import { BooksReader } from './books-reader.ts';
import type { MessageView, News, Places, RequestView, Snapshot, TaskView } from './news.ts';
import { requestView } from './request-view.ts';
import type { Studio } from './studio.ts';
import type { WeatherStation } from './weather-station.ts';

const shownRequests = 200;
const rememberedCauses = 5_000;

/** Hears everything that happens, in Discord, at the song API and in the bot, and tells it to every open page. */
export class NewsDesk {
  readonly #studio: Studio;
  readonly #weather: WeatherStation;
  readonly #books: BooksReader;
  readonly #listeners = new Set<(news: News) => void>();
  readonly #requests: RequestView[] = [];
  /** By interaction: what its person did. */
  readonly #deeds = new Map<string, { userId: string; channelId: string; what: string }>();
  readonly #deaf: (() => void)[];

  constructor(studio: Studio, weather: WeatherStation) {
    const { discord, songApi, bot, dataDir } = studio;
    this.#studio = studio;
    this.#weather = weather;
    this.#books = new BooksReader(dataDir, {
      onJobs: (jobs) => this.tell({ is: 'jobs', jobs }),
      onEntries: (entries) => this.tell({ is: 'entries', entries }),
    });
    bot.on('changed', (process) => this.tell({ is: 'process', process }));
    bot.on('line', (line) => this.tell({ is: 'log', line }));
    this.#deaf = [discord.events.on('event', (event) => this.#hear(event))];
    const onTask = (task: EmulatedTask): void => this.tell({ is: 'task', task: taskView(task) });
    songApi.events.on('task-created', onTask).on('task-advanced', onTask).on('task-finished', onTask);
    songApi.events.on('request-served', (entry, answer) => {
      const request = requestView(entry, answer, (this.#requests.at(-1)?.n ?? 0) + 1);
      this.#requests.push(request);
      if (this.#requests.length > shownRequests) this.#requests.shift();
      this.tell({ is: 'request', request });
    });
  }

  /** Returns what ends the listening. */
  on(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
  }

  snapshot(): Snapshot {
    const { account, people, songApi, bot } = this.#studio;
    const everybody = people.map(({ person }) => person.user.id);
    return {
      bot: { id: account.userId, name: 'Minstrel' },
      people: people.map(({ id, name, person }) => ({ id, name, isAdmin: person.permissions !== 0n })),
      places: this.#places(),
      messages: this.#studio
        .channels()
        .flatMap((channel) => [...new Set(everybody.flatMap((id) => channel.messages({ id })))])
        .map((message) => this.#view(message)),
      jobs: this.#books.jobs(),
      entries: this.#books.entries(),
      requests: this.#requests,
      tasks: [...songApi.tasks.values()].slice(-shownRequests).map(taskView),
      weather: this.#weather.now,
      process: bot.state,
      log: bot.log,
    };
  }

  close(): void {
    for (const stop of this.#deaf) stop();
    this.#books.close();
  }

  #hear(event: DiscordEvent): void {
    switch (event.type) {
      case 'message-created':
      case 'message-updated':
        return this.tell({ is: 'message', message: this.#view(event.message) });
      case 'message-deleted':
        return this.tell({
          is: 'message-deleted',
          channelId: event.message.channelId,
          id: event.message.id,
        });
      case 'interaction-created':
        this.#deeds.set(event.interactionId, event);
        if (this.#deeds.size > rememberedCauses)
          for (const [oldest] of this.#deeds.entries().take(1)) this.#deeds.delete(oldest);
        return;
      case 'interaction-failed':
        return this.tell({
          is: 'unanswered',
          userId: event.userId,
          channelId: event.channelId,
          what: this.#deeds.get(event.interactionId)?.what ?? '',
          at: event.at,
        });
      case 'modal-shown': {
        const { title, customId, components } = event.modal;
        return this.tell({
          is: 'modal',
          userId: event.userId,
          channelId: this.#deeds.get(event.interactionId)?.channelId ?? '',
          modal: { title, customId, components },
        });
      }
      case 'channel-created':
      case 'channel-deleted':
      case 'guild-created':
      case 'member-joined':
        return this.tell({ is: 'places', places: this.#places() });
      case 'gateway':
        return this.tell({ is: 'gateway', what: event.what, at: event.at });
      default:
    }
  }

  #places(): Places {
    return {
      guilds: this.#studio.discord.guilds.map(({ id, name, people, roles, everyone }) => ({
        id,
        name,
        memberIds: [...people.keys()],
        roles: roles.filter((role) => role !== everyone).map((role) => ({ id: role.id, name: role.name })),
      })),
      channels: this.#studio
        .channels()
        .filter(({ deleted }) => !deleted)
        .map((channel) => ({
          id: channel.id,
          name: channel.name,
          guildId: channel.guildId ?? null,
          personId: 'person' in channel.place ? channel.place.person.user.id : null,
        })),
    };
  }

  #view(message: EmulatedMessage): MessageView {
    const id = message.origin.cause?.['id'];
    const deed = typeof id === 'string' ? this.#deeds.get(id) : undefined;
    return {
      wire: message.wire(),
      ephemeralFor: message.ephemeralFor ?? null,
      edits: message.edits,
      cause: deed === undefined ? null : { userId: deed.userId, what: deed.what },
    };
  }
}

function taskView({ taskId, model, status, progress }: EmulatedTask): TaskView {
  return { id: taskId, action: model, status, progress };
}
