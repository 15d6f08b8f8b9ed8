import type {
  BotState,
  BotView,
  EntryView,
  JobView,
  MessageView,
  ModalView,
  PersonView,
  Places,
  RequestView,
  TaskView,
  Weather,
} from '../news.ts';

/** A line that only this page shows: what went wrong with something that a person did. */
export interface Note {
  id: number;
  channelId: string;
  userId: string;
  text: string;
}

/** All that the page knows. Never changed in place: every change is a new object around what stayed. */
export interface AppState {
  /** False until the first news, and while the stream is broken. */
  isOpen: boolean;
  bot: BotView;
  people: readonly PersonView[];
  places: Places;
  /** By channel, oldest first. */
  messages: ReadonlyMap<string, readonly MessageView[]>;
  notes: readonly Note[];
  modal: { userId: string; channelId: string; modal: ModalView } | null;
  jobs: ReadonlyMap<string, JobView>;
  entries: readonly EntryView[];
  requests: readonly RequestView[];
  tasks: ReadonlyMap<string, TaskView>;
  weather: Weather;
  process: BotState;
  log: readonly string[];
  /** Who this page acts as, and where it looks. */
  userId: string;
  channelId: string;
  unread: ReadonlySet<string>;
  isPanelOpen: boolean;
  isDrawerOpen: boolean;
  /** The job that the panel is about; null: the newest. */
  jobId: string | null;
}

export const emptyState: AppState = {
  isOpen: false,
  bot: { id: '', name: 'Minstrel' },
  people: [],
  places: { guilds: [], channels: [] },
  messages: new Map(),
  notes: [],
  modal: null,
  jobs: new Map(),
  entries: [],
  requests: [],
  tasks: new Map(),
  weather: { songApi: 'fine', tasksFail: false, discordDown: false, uploadLimitMb: 10 },
  process: { is: 'starting', pid: null, starts: 0 },
  log: [],
  userId: '',
  channelId: '',
  unread: new Set(),
  isPanelOpen: false,
  isDrawerOpen: false,
  jobId: null,
};
