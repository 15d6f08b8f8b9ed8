/**
 * The catalogue: what can be asked of the song API, one row an action. Most wire names rest on guesses (the column
 * `evidence` says so), so they are data: `SONG_API_CATALOGUE` overrides any row without a release.
 */
import { z } from 'zod';
import { deedNames, type DeedName } from './deeds.ts';
import { yields } from './result.ts';
import { platforms, songInputsSchema, type InputName, type Platform, type SongInputs } from './song.ts';

export type ActionKey = `${Platform}/${string}`;

export function platformOf(key: ActionKey): Platform {
  return key.startsWith('suno/') ? 'suno' : 'producer';
}

const evidence = z.enum(['doc', 'doc-old', 'source', 'upstream', 'guess']);
const inputName = songInputsSchema.keyof();

export const actionSchema = z.strictObject({
  platform: z.enum(platforms),
  /** The last part of the submit path, upper case. The fetches have none; theirs is a name for people. */
  token: z.string().regex(/^[A-Z0-9_]+$/),
  label: z.string().min(1),
  /** The command and button that reach it. Where a platform has several rows of a deed, the first counts. */
  deed: z.enum(deedNames),
  how: z.enum(['submit', 'fetch', 'batch']),
  enabled: z.boolean(),
  /** Credits that one request takes from the server's and the member's allowance. */
  price: z.number().int().min(0).max(1_000_000),
  yields: z.enum(yields),
  /** Inputs without which there is nothing to ask for. */
  needs: z.array(inputName),
  /** Names as sent; the first is the default of the song API, and is not sent unless asked for. */
  models: z.array(z.string()),
  /** Longest text per input in UTF-16 units. An input without a wire field is one that the action doesn't know. */
  maxLength: z.partialRecord(inputName, z.number().int().positive()),
  /** Longest text per wire field, where several inputs share one. */
  maxFieldLength: z.record(z.string(), z.number().int().positive()).optional(),
  /**
   * Input -> wire field. Inputs that share a field are joined with a comma; a name that ends in `[]` is a list of what
   * its inputs say.
   */
  fields: z.partialRecord(inputName, z.string()),
  /** Takes the place of `fields` when the member wrote lyrics. */
  fieldsWithLyrics: z.partialRecord(inputName, z.string()).optional(),
  /** Sent with every request of this action. */
  constants: z.record(z.string(), z.json()),
  /** What the row rests on (song-api.md section 0): the documentation, or less. */
  evidence,
});
export type Action = z.infer<typeof actionSchema>;

export type Catalogue = Readonly<Record<ActionKey, Action>>;

/** A row's key is what jobs are stored under and tells the platform where its tasks are asked about. */
const catalogueSchema = z.record(z.string(), actionSchema).superRefine((catalogue, context) => {
  for (const [key, { platform }] of Object.entries(catalogue)) {
    if (!new RegExp(`^${platform}/[A-Z0-9_]+$`).test(key))
      context.addIssue({ code: 'custom', path: [key], message: `the key must be like ${platform}/MUSIC` });
  }
});

const overrideSchema = z.record(z.string(), actionSchema.partial());

/** Lays a parsed override file over these rows. Throws `z.ZodError` that names the row and field. */
export function overrideCatalogue(base: Catalogue, file: unknown): Catalogue {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(overrideSchema.parse(file))) {
    const present = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    merged[key] = { ...base[key as ActionKey], ...present };
  }
  return catalogueSchema.parse(merged);
}

/** The row that does this to a song of this platform; undefined where the catalogue has none. */
export function actionFor(catalogue: Catalogue, deed: DeedName, platform: Platform): ActionKey | undefined {
  return (Object.keys(catalogue) as ActionKey[]).find((key) => {
    const action = catalogue[key];
    return action?.deed === deed && action.platform === platform;
  });
}

/** What a song costs by itself; anything above it is said before it is spent. */
export function plainPrice(catalogue: Catalogue): number {
  return catalogue['producer/MUSIC']?.price ?? 1;
}

/** Whether the action takes this input, in any of its modes. */
export function takes(action: Action, input: InputName): boolean {
  return (
    input in action.fields || (action.fieldsWithLyrics !== undefined && input in action.fieldsWithLyrics)
  );
}

/** The JSON body of the submit: only what was asked for, under the row's wire names. */
export function wireBody(action: Action, inputs: SongInputs): Record<string, unknown> {
  const sings = inputs.lyrics !== undefined && inputs.instrumental !== true;
  const fields = (sings ? action.fieldsWithLyrics : undefined) ?? action.fields;
  const body: Record<string, unknown> = { ...action.constants };
  for (const [input, field] of Object.entries(fields)) {
    const value = inputs[input as InputName];
    if (value === undefined) continue;
    const before = body[field];
    if (field.endsWith('[]')) {
      const list = field.slice(0, -2);
      const listed = body[list];
      body[list] = [...(Array.isArray(listed) ? (listed as unknown[]) : []), value];
    } else
      body[field] = typeof before === 'string' && typeof value === 'string' ? `${before}, ${value}` : value;
  }
  return body;
}
