import type { MessageView, News, Snapshot } from '../news.ts';
import type { AppState } from './app-state.ts';

const keptRequests = 200;
const keptEntries = 300;
const keptLines = 300;

let notes = 0;

/** The state after one piece of news. */
export function applyNews(state: AppState, news: News): AppState {
  switch (news.is) {
    case 'snapshot':
      return withSnapshot(state, news.snapshot);
    case 'places':
      return { ...state, places: news.places };
    case 'message':
      return withMessage(state, news.message);
    case 'message-deleted': {
      const channel = (state.messages.get(news.channelId) ?? []).filter(({ wire }) => wire.id !== news.id);
      return { ...state, messages: new Map(state.messages).set(news.channelId, channel) };
    }
    case 'unanswered':
      return withNote(state, news.channelId, news.userId, `${news.what}: the application did not respond.`);
    case 'modal':
      return news.userId === state.userId ? { ...state, modal: news } : state;
    case 'jobs': {
      const jobs = new Map(state.jobs);
      for (const job of news.jobs) jobs.set(job.id, job);
      return { ...state, jobs };
    }
    case 'entries':
      return { ...state, entries: [...state.entries, ...news.entries].slice(-keptEntries) };
    case 'request':
      return { ...state, requests: [...state.requests, news.request].slice(-keptRequests) };
    case 'task':
      return { ...state, tasks: new Map(state.tasks).set(news.task.id, news.task) };
    case 'weather':
      return { ...state, weather: news.weather };
    case 'process':
      return { ...state, process: news.process };
    case 'log':
      return { ...state, log: [...state.log, news.line].slice(-keptLines) };
    case 'gateway':
      return state;
  }
}

export function withNote(state: AppState, channelId: string, userId: string, text: string): AppState {
  notes += 1;
  return { ...state, notes: [...state.notes.slice(-20), { id: notes, channelId, userId, text }] };
}

function withSnapshot(state: AppState, snapshot: Snapshot): AppState {
  const { messages, jobs, tasks, ...rest } = snapshot;
  const isKnown = ({ id }: { id: string }): boolean => id === state.channelId;
  return {
    ...state,
    ...rest,
    isOpen: true,
    messages: Map.groupBy(messages, ({ wire }) => wire.channel_id),
    jobs: new Map(jobs.map((job) => [job.id, job])),
    tasks: new Map(tasks.map((task) => [task.id, task])),
    userId: rest.people.some(({ id }) => id === state.userId) ? state.userId : (rest.people[0]?.id ?? ''),
    channelId: rest.places.channels.some(isKnown) ? state.channelId : (rest.places.channels[0]?.id ?? ''),
  };
}

function withMessage(state: AppState, message: MessageView): AppState {
  const channelId = message.wire.channel_id;
  const channel = state.messages.get(channelId) ?? [];
  const place = channel.findLastIndex(({ wire }) => wire.id === message.wire.id);
  const next = place === -1 ? [...channel, message] : channel.with(place, message);
  const messages = new Map(state.messages).set(channelId, next);
  const isUnread = place === -1 && channelId !== state.channelId;
  return { ...state, messages, unread: isUnread ? new Set(state.unread).add(channelId) : state.unread };
}
