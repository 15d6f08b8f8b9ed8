/** docs/actions.md: the catalogue as a table for people. `npm run docs:actions` writes it, a unit test compares it. */
import type { Action, ActionKey, Catalogue } from '../../src/domain/actions.ts';
import { actionFor } from '../../src/domain/actions.ts';
import { isSongDeed, type DeedName } from '../../src/domain/deeds.ts';
import type { Yields } from '../../src/domain/result.ts';
import { platforms, type Platform } from '../../src/domain/song.ts';
import { en } from '../../src/services/text/en.ts';

/** The command that reaches a deed, and the option that chooses it where the command has several. */
export const commandOf: Record<
  Exclude<DeedName, 'watch'>,
  { command: string; choice?: [string, unknown] }
> = {
  song: { command: 'song' },
  lyrics: { command: 'lyrics' },
  extend: { command: 'extend' },
  cover: { command: 'cover' },
  variation: { command: 'variation' },
  replace: { command: 'replace' },
  'swap-vocals': { command: 'swap', choice: ['part', 'vocals'] },
  'swap-instrumentals': { command: 'swap', choice: ['part', 'instrumentals'] },
  stems: { command: 'stems' },
  'stems-all': { command: 'stems', choice: ['all', true] },
  'add-vocals': { command: 'add', choice: ['part', 'vocals'] },
  'add-instrumental': { command: 'add', choice: ['part', 'instrumental'] },
  remaster: { command: 'remaster' },
  mashup: { command: 'mashup' },
  sample: { command: 'sample' },
  sound: { command: 'sound' },
  midi: { command: 'midi' },
  concat: { command: 'concat' },
  karaoke: { command: 'karaoke' },
  bpm: { command: 'bpm' },
  acapella: { command: 'acapella' },
  tags: { command: 'tags' },
  video: { command: 'video' },
  download: { command: 'download' },
  upload: { command: 'upload' },
  persona: { command: 'persona' },
};

/** The entry of a message's menu that does it to the audio there. */
export const menuOf: Partial<Record<DeedName, string>> = {
  cover: 'Cover this audio',
  stems: 'Split into stems',
  upload: 'Save to my songs',
};

const { buttons } = en;
/** Buttons of results that are no deed to a song. */
const otherButtons: Partial<Record<DeedName, readonly string[]>> = {
  song: [buttons.again(undefined), buttons.edit, buttons.sing, buttons.use],
  lyrics: [buttons.otherWords],
};

const gives: Record<Yields, string> = {
  clips: 'audio that joins the library',
  handle: 'the file as a song of the library',
  stems: 'an audio file for each track, in a zip where they are many',
  lyrics: 'lyrics as text',
  audio: 'an audio file',
  video: 'a video',
  midi: 'a MIDI file',
  timing: '.lrc and .srt',
  bpm: 'the tempo in a sentence',
  tags: 'style words',
  records: 'how tasks are getting on',
};

const heading: Record<Platform, string> = { producer: 'Producer', suno: 'Suno' };

export function actionsPage(catalogue: Catalogue): string {
  return `${[
    '# What the song API can do, and how people reach it',
    '',
    'Written by `npm run docs:actions` from the catalogue in `src/domain`; edit that, not this. `SONG_API_CATALOGUE`',
    'overrides any row without a release. What the song API turns out not to serve is hidden for a while, costs nothing,',
    'and is tried again by whoever wants it next; `npm run doctor` lists it. `/download` makes what it can on this machine,',
    'for free, and asks the song API for the rest.',
    ...platforms.flatMap((platform) => ['', `## ${heading[platform]}`, '', ...table(catalogue, platform)]),
  ].join('\n')}\n`;
}

function table(catalogue: Catalogue, platform: Platform): string[] {
  const rows = Object.entries(catalogue).filter(([, action]) => action.platform === platform);
  return [
    '| On its menu | Action | Command | Button or menu | Credits | Gives | Expected to be served |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(([key, action]) => `| ${row(catalogue, key as ActionKey, action).join(' | ')} |`),
  ];
}

function row(catalogue: Catalogue, key: ActionKey, action: Action): string[] {
  const { label, token, deed, platform, price, yields } = action;
  const reached = actionFor(catalogue, deed, platform) === key || deed === 'watch';
  return [
    label,
    `\`${token}\``,
    reached ? command(action) : '–',
    reached ? pressed(action) : '–',
    price === 0 ? 'free' : String(price),
    deed === 'persona' ? 'a voice for other songs' : gives[yields],
    expected(action),
  ];
}

function command({ deed, how }: Action): string {
  if (deed === 'watch')
    return how === 'batch'
      ? 'none: the ticker asks it about all open tasks together'
      : 'none: asked about a single task that a batch left out';
  const { command: name, choice } = commandOf[deed];
  return `\`/${name}${choice === undefined ? '' : ` ${choice[0]}:${String(choice[1])}`}\``;
}

function pressed({ deed, how }: Action): string {
  if (how !== 'submit') return '–';
  const menu = menuOf[deed];
  const ways = [
    ...(isSongDeed(deed) ? [`*${en.deeds[deed].label}*`] : []),
    ...(otherButtons[deed] ?? []).map((name) => `*${name}*`),
    ...(menu === undefined ? [] : [`*${menu}* on any message`]),
  ];
  return ways.length === 0 ? '–' : ways.join(', ');
}

/** What its evidence says; what is really served is learned by asking. */
function expected({ platform, token, how, enabled, evidence }: Action): string {
  if (!enabled) return 'no: its menu calls it unavailable';
  if (how !== 'submit') return 'yes';
  if (platform === 'producer')
    return token === 'MUSIC' ? 'yes' : 'not at present, says its documentation; tried when asked for';
  if (evidence === 'doc') return 'yes';
  return evidence === 'source' ? 'probably' : 'unknown until asked for';
}
