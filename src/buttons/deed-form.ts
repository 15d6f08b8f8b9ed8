import type { SongDeedName } from '../domain/deeds.ts';
import { Refusal } from '../domain/errors.ts';
import type { BroughtFiles } from '../services/jobs/brought-files.ts';
import type { DeedDesk, Wishes } from '../services/jobs/deed-desk.ts';
import type { FormHandler } from './button.ts';
import { takesOf, type TrackFinder } from './takes-of.ts';

export interface DeedFormNeeds {
  tracks: TrackFinder;
  deedDesk: DeedDesk;
  broughtFiles: Pick<BroughtFiles, 'find'>;
}

/** What was written in a deed's form becomes its order. Values are a stranger's: the row judges them like options. */
export function deedForm({ tracks, deedDesk, broughtFiles }: DeedFormNeeds, name: SongDeedName): FormHandler {
  return async (visit, id, values) => {
    const brought = await broughtFiles.find(visit, id);
    const subject = brought ?? { track: (await takesOf(tracks, visit, id))[0] };
    const otherId = values.get('otherClip');
    const [other] = otherId === undefined ? [] : await takesOf(tracks, visit, otherId);
    return deedDesk.plan(visit, name, subject, wishesOf(values), { other });
  };
}

function wishesOf(values: ReadonlyMap<string, string>): Wishes {
  const degree = oneOf(values, 'degree', ['subtle', 'normal', 'high'] as const);
  const format = oneOf(values, 'format', ['m4a', 'mp3', 'wav', 'ogg'] as const);
  const strength = percent(values.get('strength'));
  return {
    ...texts(values),
    ...(degree === undefined ? {} : { degree }),
    ...(format === undefined ? {} : { format }),
    ...(strength === undefined ? {} : { strength }),
  };
}

const textNames = ['prompt', 'style', 'lyrics', 'title', 'from', 'to', 'name'] as const;

function texts(values: ReadonlyMap<string, string>): Wishes {
  return Object.fromEntries(
    textNames.flatMap((name) => {
      const value = values.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function oneOf<const T extends readonly string[]>(
  values: ReadonlyMap<string, string>,
  name: string,
  known: T,
): T[number] | undefined {
  const value = values.get(name);
  if (value === undefined) return undefined;
  if (!known.includes(value)) throw new Refusal({ is: 'bad-option', option: name });
  return value;
}

/** "70", "70 %" -> 0.7 */
function percent(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(/^\s*(\d{1,3})\s*%?\s*$/.exec(value)?.[1] ?? Number.NaN);
  if (!(number >= 0 && number <= 100)) throw new Refusal({ is: 'bad-option', option: 'strength' });
  return number / 100;
}
