/** The forms that members fill in: a song with all its words, and the wishes of a deed. */
import { encodeCustomId } from '../../domain/custom-id.ts';
import type { SongDeedName } from '../../domain/deeds.ts';
import type { InputName } from '../../domain/song.ts';
import type { Track } from '../../domain/track.ts';
import type { Words } from '../text/en.ts';
import type { Form, FormField } from '../visit.ts';

export interface SongWords {
  /** Absent: there is no such field. */
  prompt?: string;
  style: string;
  lyrics: string;
  title: string;
}

/** Written by hand and sung: style, lyrics, title. */
export function singForm(id: string, given: SongWords, words: Words): Form {
  return {
    customId: encodeCustomId('sing', id),
    title: words.forms.sing,
    fields: [
      line('style', words, given.style, true, 1000),
      lines('lyrics', words, given.lyrics, true),
      line('title', words, given.title, false, 80),
    ],
  };
}

/** A song's old words, to be changed and tried again. */
export function editForm(jobId: string, given: SongWords, words: Words): Form {
  return {
    customId: encodeCustomId('edit', jobId),
    title: words.forms.edit,
    fields: [
      {
        ...lines('prompt', words, given.prompt ?? '', true),
        kind: { is: 'lines', value: given.prompt ?? '', maxLength: 2000 },
      },
      line('style', words, given.style, false, 1000),
      lines('lyrics', words, given.lyrics, false),
      line('title', words, given.title, false, 80),
    ],
  };
}

/** What a form is filled in with beforehand. */
export type Worded = Pick<Track, 'id' | 'title' | 'style' | 'lyrics'>;

/** What a deed asks about, with the song's own words to begin with. `others`: songs for a deed that takes two. */
export function deedForm(
  deed: SongDeedName,
  track: Worded,
  asks: readonly { name: InputName; required: boolean }[],
  others: readonly { label: string; value: string }[],
  words: Words,
): Form {
  return {
    customId: encodeCustomId(deed, track.id),
    title: words.forms.deed(words.deeds[deed].label, track.title),
    fields: asks.slice(0, 5).map(({ name, required }) => deedField(name, required, track, others, words)),
  };
}

function deedField(
  name: InputName,
  required: boolean,
  track: Worded,
  others: readonly { label: string; value: string }[],
  words: Words,
): FormField {
  switch (name) {
    case 'lyrics':
      return lines(name, words, track.lyrics ?? '', required);
    case 'style':
      return line(name, words, track.style ?? '', required, 1000);
    case 'degree':
      return choice(name, words, ['subtle', 'normal', 'high'], 'normal');
    case 'format':
      return choice(name, words, ['m4a', 'mp3', 'wav', 'ogg'], 'mp3');
    case 'otherClip':
      return {
        name,
        label: words.fields.otherClip,
        required,
        kind: { is: 'choice', options: others, value: undefined },
      };
    case 'from':
    case 'to':
      return { ...line(name, words, '', required, 200), hint: words.forms.position };
    case 'strength':
      return { ...line(name, words, '', required, 4), hint: words.forms.percent };
    default:
      return line(name, words, '', required, 500);
  }
}

function line(name: InputName, words: Words, value: string, required: boolean, maxLength: number): FormField {
  return {
    name,
    label: words.fields[name] ?? name,
    required,
    kind: { is: 'line', value: oneLine(value), maxLength },
  };
}

function lines(name: InputName, words: Words, value: string, required: boolean): FormField {
  return { name, label: words.fields[name] ?? name, required, kind: { is: 'lines', value, maxLength: 4000 } };
}

function choice(name: InputName, words: Words, values: readonly string[], value: string): FormField {
  const options = values.map((each) => ({ label: each, value: each }));
  return { name, label: words.fields[name] ?? name, required: true, kind: { is: 'choice', options, value } };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
