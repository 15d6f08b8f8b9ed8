/**
 * Cards stay in their channels for years. Every button that a release has ever put under one is pressed here after a
 * restart, with its custom id as that release wrote it: so the ids are spelt out, not made by today's code.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { openRig, type Rig } from '../../playground/rig.ts';
import { buttonNames, type ButtonName } from '../../src/domain/custom-id.ts';

/** A form, a task at the song API, a sentence to who pressed, the card itself drawn anew, or the card gone. */
type Answer = { form: RegExp } | { task: string } | { says: RegExp } | { redrawn: RegExp } | 'gone';

/** A custom id as it was written, by what it stood for, and how it answers. A name without a line doesn't compile. */
const presses: Record<ButtonName, [customId: (ids: Ids) => string, answer: Answer]> = {
  // With the first cards.
  again: [({ song }) => `1.again.${song}`, { task: 'producer/MUSIC' }],
  lyrics: [({ song }) => `1.lyrics.${song}`, { says: /rain on the window/ }],
  cancel: [({ running }) => `1.cancel.${running}`, { redrawn: /Cancelled/ }],
  delete: [({ spare }) => `1.delete.${spare}`, 'gone'],
  // With prices.
  confirm: [({ order }) => `1.confirm.${order}`, { task: 'suno/STEMS_ALL' }],
  'confirm-private': [({ privateOrder }) => `1.confirm-private.${privateOrder}`, { task: 'suno/STEMS_ALL' }],
  // With all that can be done to a song: under its card by the job's id, under "of which take?" by the track's.
  extend: [({ song }) => `1.extend.${song}`, { form: /Where it begins/ }],
  cover: [({ song }) => `1.cover.${song}`, { form: /How it should sound/ }],
  variation: [({ song }) => `1.variation.${song}`, { task: 'producer/VARIATION' }],
  replace: [({ song }) => `1.replace.${song}`, { form: /Where it ends/ }],
  'swap-vocals': [({ song }) => `1.swap-vocals.${song}`, { form: /How it should sound/ }],
  'swap-instrumentals': [({ song }) => `1.swap-instrumentals.${song}`, { form: /How it should sound/ }],
  stems: [({ twoTakes }) => `1.stems.${twoTakes}`, { says: /Stems: of which take\?/ }],
  'stems-all': [({ take }) => `1.stems-all.${take}`, { says: /This costs 5 credits/ }],
  'add-vocals': [({ take }) => `1.add-vocals.${take}`, { form: /Lyrics/ }],
  'add-instrumental': [({ take }) => `1.add-instrumental.${take}`, { form: /How it should sound/ }],
  remaster: [({ take }) => `1.remaster.${take}`, { form: /How much is changed/ }],
  mashup: [({ take }) => `1.mashup.${take}`, { form: /The second song/ }],
  sample: [({ take }) => `1.sample.${take}`, { form: /Where it begins/ }],
  midi: [({ take }) => `1.midi.${take}`, { task: 'suno/MIDI' }],
  concat: [({ take }) => `1.concat.${take}`, { task: 'suno/CONCAT' }],
  karaoke: [({ take }) => `1.karaoke.${take}`, { task: 'suno/ALIGNED_LYRICS' }],
  bpm: [({ take }) => `1.bpm.${take}`, { task: 'suno/BPM' }],
  acapella: [({ take }) => `1.acapella.${take}`, { form: /Where it begins/ }],
  video: [({ song }) => `1.video.${song}`, { task: 'producer/VIDEO' }],
  download: [({ song }) => `1.download.${song}`, { form: /Kind of file/ }],
  persona: [({ take }) => `1.persona.${take}`, { says: /doesn't offer "Create Voice Persona"/ }],
  more: [({ song }) => `1.more.${song}`, { task: 'producer/VIDEO' }],
  edit: [({ song }) => `1.edit.${song}`, { form: /What it is about/ }],
  sing: [({ words }) => `1.sing.${words}`, { form: /Lyrics/ }],
  use: [({ tags }) => `1.use.${tags}`, { form: /jazz/ }],
  favourite: [({ song }) => `1.favourite.${song}`, { says: /among your favourites now/ }],
  // With the library.
  show: [({ song }) => `1.show.${song}`, { says: /Wet/ }],
  versions: [({ song }) => `1.versions.${song}`, { says: /Wet/ }],
  remove: [({ otherTake }) => `1.remove.${otherTake}`, { redrawn: /"Blue" is deleted/ }],
  erase: [({ nobodys }) => `1.erase.${nobodys}`, { redrawn: /I know nothing about you/ }],
};

/** What is picked where the id is that of a select. */
const picked: Partial<Record<ButtonName, string>> = { more: 'video' };

interface Ids {
  song: string;
  twoTakes: string;
  /** Of tracks; all others are of jobs and orders. */
  take: string;
  otherTake: string;
  words: string;
  tags: string;
  running: string;
  spare: string;
  order: string;
  privateOrder: string;
  nobodys: string;
}

let rig: Rig;
let alice: Member;
/** Erases what is kept of her, which is nothing. */
let bob: Member;
let ids: Ids;
/** Where the buttons are pressed: a song's card, unless it is another's that is to change. */
let cards: { song: EmulatedMessage } & Partial<Record<ButtonName, EmulatedMessage>>;

beforeAll(async () => {
  rig = await openRig({
    songApi: { enabled: 'all', songMs: [50, 100], pollerMs: 50, songSeconds: 2 },
    environment: {
      POLL_INTERVAL_MS: '50',
      USER_CREDITS: '1000',
      GUILD_CREDITS: '1000',
      MAX_JOBS_PER_USER: '40',
      MAX_JOBS_PER_GUILD: '40',
    },
    seams: { progressEveryMs: 100 },
  });
  const { discord, songApi } = rig;
  const guild = discord.guild('Garden');
  const channel = guild.channel('songs');
  alice = guild.member('alice').in(channel);
  bob = guild.member('bob').in(channel);

  const asked = async (line: string, values: Record<string, string | boolean>, label = 'Delete') => {
    const invocation = await alice.runs(line, values);
    return discord.until(`${line} with a button "${label}"; it says: ${invocation.text()}`, () => {
      const message = invocation.response();
      return message?.buttons.some((button) => button.label.startsWith(label)) ? message : undefined;
    });
  };
  const lyrics = '[Verse]\nrain on the window';
  const song = await asked('/song', { prompt: 'rain', title: 'Wet', engine: 'producer', lyrics });
  const suno = await asked('/song', { prompt: 'rain', title: 'Blue', engine: 'suno' });
  const written = await asked('/lyrics', { prompt: 'the sea', engine: 'suno' });
  const spelt = await asked('/tags', { tags: 'jazz' });
  const spare = await asked('/song', { prompt: 'in vain' });
  const question = await (await alice.clicks('Stems', suno)).settled();
  const take = idIn(question, 'Take 1');
  const order = await asked('/stems', { song: take, all: true }, 'Make it');
  const privateOrder = await asked('/stems', { song: take, all: true, private: true }, 'Make it');
  songApi.next({ neverFinish: true });
  const running = await asked('/song', { prompt: 'endless' }, 'Cancel');
  ids = {
    song: idIn(song, 'Another take'),
    twoTakes: idIn(suno, 'Another take'),
    take,
    otherTake: idIn(question, 'Take 2'),
    words: idIn(written, 'Sing it'),
    tags: idIn(spelt, 'Use them'),
    running: idIn(running, 'Cancel'),
    spare: idIn(spare, 'Delete'),
    order: idIn(order, 'Make it'),
    privateOrder: idIn(privateOrder, 'Make it'),
    nobodys: 'aaaaaaaaaaaa',
  };
  const erase = await (await bob.runs('/privacy erase')).settled();
  cards = { song, cancel: running, delete: spare, remove: question, erase };
  await rig.restart();
}, 90_000);
afterAll(() => rig.stop());

/** The last part of a button's custom id. */
function idIn(message: EmulatedMessage, label: string): string {
  const button = message.buttons.find((one) => one.label.startsWith(label));
  return button?.customId?.split('.')[2] ?? '';
}

describe('a button from before a restart', () => {
  it.each(Object.entries(presses))('%s', { timeout: 60_000 }, async (name, [customId, answer]) => {
    const { discord, songApi } = rig;
    const who = name === 'erase' ? bob : alice;
    const option = picked[name as ButtonName];
    const card = cards[name as ButtonName] ?? cards.song;
    const before = new Set(songApi.tasks.keys());
    const pressed =
      option === undefined
        ? await who.clicksId(customId(ids), card)
        : await who.picks(customId(ids), [option], card);
    const answered = (): boolean => {
      if (answer === 'gone') return card.deleted;
      if ('form' in answer) return answer.form.test(JSON.stringify(pressed.modal ?? ''));
      if ('says' in answer) return answer.says.test(pressed.text());
      if ('redrawn' in answer) return answer.redrawn.test(card.text());
      return [...songApi.tasks.values()].some(
        ({ taskId, platform, action }) => !before.has(taskId) && `${platform}/${action}` === answer.task,
      );
    };
    const shutOut = (): boolean => /older version|went wrong|don't know that song/.test(pressed.text());
    await discord.until(`an answer to ${name}; it says: ${pressed.text()}`, () => answered() || shutOut());
    expect(shutOut() ? pressed.text() : 'answered').toBe('answered');
  });

  it('is every one that there is', () => {
    expect(Object.keys(presses).toSorted()).toEqual([...buttonNames].toSorted());
  });
});
