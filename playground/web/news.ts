/**
 * What the playground's server tells its page, over one stream, and what the page asks of it. Types only: the page
 * imports this file too.
 */
import type { APIMessage } from 'discord-api-types/v10';

export interface PersonView {
  id: string;
  name: string;
  isAdmin: boolean;
}

export interface BotView {
  id: string;
  name: string;
}

export interface ChannelView {
  id: string;
  name: string;
  /** Null: direct messages. */
  guildId: string | null;
  /** Of direct messages: the person who has them with the bot. */
  personId: string | null;
}

export interface GuildView {
  id: string;
  name: string;
  memberIds: string[];
  roles: { id: string; name: string }[];
}

export interface Places {
  guilds: GuildView[];
  channels: ChannelView[];
}

/** A message as everybody sees it, with what only the emulator knows. */
export interface MessageView {
  wire: APIMessage;
  /** The only person who sees it. */
  ephemeralFor: string | null;
  /** Changes since it was posted; what fills in a deferred answer is none. */
  edits: number;
  /** What made the bot answer: who did what. */
  cause: { userId: string; what: string } | null;
}

export interface ModalView {
  title: string;
  customId: string;
  /** As they came; the page reads them with care. */
  components: unknown[];
}

export interface JobView {
  id: string;
  guildId: string | null;
  channelId: string;
  userId: string;
  action: string;
  /** The first words of what was asked for. */
  words: string;
  state: string;
  percent: number | null;
  taskId: string | null;
  hold: string;
  delivery: string;
  price: number;
  messageId: string | null;
  createdAt: number;
  finishedAt: number | null;
  /** States that were seen, oldest first; quick ones may be missing. */
  path: { state: string; at: number }[];
}

export interface EntryView {
  id: number;
  at: number;
  account: string;
  kind: string;
  credits: number;
  jobId: string | null;
  reason: string;
}

/** One request to the song API, with what it was answered. */
export interface RequestView {
  n: number;
  at: number;
  kind: string;
  method: string;
  path: string;
  /** 0: no answer left the house. */
  status: number;
  tookMs: number;
  taskIds: string[];
  fault: string | null;
  /** Pretty JSON, shortened. */
  body: string;
  answer: string;
}

export interface TaskView {
  id: string;
  action: string;
  status: string;
  progress: string;
}

export interface Weather {
  songApi: 'fine' | 'down' | 'busy' | 'slow';
  tasksFail: boolean;
  discordDown: boolean;
  uploadLimitMb: number;
}

export interface BotState {
  is: 'starting' | 'running' | 'dead';
  pid: number | null;
  /** How often it was started. */
  starts: number;
}

/** Everything that is there when a page opens. */
export interface Snapshot {
  bot: BotView;
  people: PersonView[];
  places: Places;
  messages: MessageView[];
  jobs: JobView[];
  entries: EntryView[];
  requests: RequestView[];
  tasks: TaskView[];
  weather: Weather;
  process: BotState;
  log: string[];
}

export type News =
  | { is: 'snapshot'; snapshot: Snapshot }
  | { is: 'places'; places: Places }
  | { is: 'message'; message: MessageView }
  | { is: 'message-deleted'; channelId: string; id: string }
  | { is: 'unanswered'; userId: string; channelId: string; what: string; at: number }
  | { is: 'modal'; userId: string; channelId: string; modal: ModalView }
  | { is: 'jobs'; jobs: JobView[] }
  | { is: 'entries'; entries: EntryView[] }
  | { is: 'request'; request: RequestView }
  | { is: 'task'; task: TaskView }
  | { is: 'weather'; weather: Weather }
  | { is: 'process'; process: BotState }
  | { is: 'gateway'; what: string; at: number }
  | { is: 'log'; line: string };

/** A value that isn't plain text: somebody, something of the server, or an uploaded file. */
export type Named = { user: string } | { role: string } | { channel: string } | { file: string };
export type OptionInput = string | number | boolean | Named;

/** What a person does in a channel. */
export type Act =
  | { is: 'runs'; line: string; options: Record<string, OptionInput> }
  | { is: 'types'; line: string; option: string; text: string; options: Record<string, OptionInput> }
  | { is: 'presses'; messageId: string; customId: string }
  | { is: 'picks'; messageId: string; customId: string; values: (string | Named)[] }
  | { is: 'submits'; values: Record<string, string | boolean | string[] | Named[]> }
  | { is: 'uses'; menu: string; messageId: string }
  | { is: 'says'; text: string; files: string[] }
  | { is: 'deletes'; messageId: string };

export interface ActRequest {
  userId: string;
  channelId: string;
  act: Act;
}

export interface Choice {
  name: string;
  value: string | number;
}

/** `refused`: why Discord's client, or nobody at all, let it happen; a sentence. */
export type ActAnswer = { refused: string } | { refused: null; choices: Choice[] };

/** What the page needs to know of an option, as Discord's API describes it. */
export interface OptionView {
  type: number;
  name: string;
  description: string;
  required: boolean;
  autocomplete: boolean;
  choices: Choice[];
  minValue: number | null;
  maxValue: number | null;
  minLength: number | null;
  maxLength: number | null;
}

/** A command that somebody can run: subcommands are commands of their own here. */
export interface CommandView {
  /** `/quota-admin show`; of a menu its name. */
  line: string;
  kind: 'slash' | 'message' | 'user';
  description: string;
  options: OptionView[];
}

/** Something that is done to the stage rather than in Discord. */
export type Trick =
  | { is: 'weather'; change: Partial<Weather> }
  | { is: 'expire-tokens' }
  | { is: 'drop-gateway' }
  | { is: 'finish-songs' }
  | { is: 'kill-bot' }
  | { is: 'stop-bot' }
  | { is: 'start-bot' };
