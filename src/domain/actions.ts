/**
 * The catalogue: what can be asked of the song API, one row an action. Most wire names rest on guesses (the column
 * `evidence` says so), so they are data: `SONG_API_CATALOGUE` overrides any row without a release.
 */
import { z } from 'zod';
import { platforms, songInputsSchema, type InputName, type Platform, type SongInputs } from './song.ts';

export type ActionKey = `${Platform}/${string}`;

export function platformOf(key: ActionKey): Platform {
  return key.startsWith('suno/') ? 'suno' : 'producer';
}

const evidence = z.enum(['doc', 'doc-old', 'source', 'upstream', 'guess']);
const inputName = songInputsSchema.keyof();

const actionSchema = z.strictObject({
  platform: z.enum(platforms),
  /** The last part of the submit path, upper case. */
  token: z.string().regex(/^[A-Z0-9_]+$/),
  label: z.string().min(1),
  enabled: z.boolean(),
  /** Credits that one request takes from the server's and the member's allowance. */
  price: z.number().int().min(0).max(1_000_000),
  /** Names as sent; the first is the default of the song API, and is not sent unless asked for. */
  models: z.array(z.string()),
  /** Longest text per input in UTF-16 units. An input without a wire field is one that the action doesn't know. */
  maxLength: z.partialRecord(inputName, z.number().int().positive()),
  /** Longest text per wire field, where several inputs share one. */
  maxFieldLength: z.record(z.string(), z.number().int().positive()).optional(),
  /** Input -> wire field. Inputs that share a field are joined with a comma. */
  fields: z.partialRecord(inputName, z.string()),
  /** Takes the place of `fields` when the member wrote lyrics. */
  fieldsWithLyrics: z.partialRecord(inputName, z.string()).optional(),
  /** Sent with every request of this action. */
  constants: z.record(z.string(), z.json()),
  evidence,
});
export type Action = z.infer<typeof actionSchema>;

const rows = {
  'producer/MUSIC': {
    platform: 'producer',
    token: 'MUSIC',
    label: 'Generate music',
    enabled: true,
    price: 1,
    models: [
      'FUZZ-2.0',
      'FUZZ-2.0 Pro',
      'FUZZ-2.0 Raw',
      'FUZZ-1.1 Pro',
      'FUZZ-1.1',
      'FUZZ-1.0 Pro',
      'FUZZ-1.0',
      'FUZZ-0.8',
    ],
    maxLength: { prompt: 2000, style: 1000, lyrics: 5000, title: 80 },
    // prompt, style, title, make_instrumental: the old page; lyrics, mv, seed: what the record echoes.
    fields: {
      prompt: 'prompt',
      style: 'style',
      lyrics: 'lyrics',
      title: 'title',
      instrumental: 'make_instrumental',
      model: 'mv',
      seed: 'seed',
    },
    constants: {},
    evidence: 'doc-old',
  },
  'suno/MUSIC': {
    platform: 'suno',
    token: 'MUSIC',
    label: 'Generate music',
    enabled: true,
    price: 1,
    models: [
      'chirp-v5',
      'chirp-v5-5',
      'chirp-v4-5+',
      'chirp-v4-5',
      'chirp-v4-5-all',
      'chirp-v4',
      'chirp-v3-5',
      'chirp-v3-0',
    ],
    maxLength: { prompt: 500, style: 1000, lyrics: 5000, title: 80 },
    maxFieldLength: { gpt_description_prompt: 500, tags: 1000 },
    // Stock Suno has two modes: a description alone, or lyrics (in `prompt`) with tags.
    fields: {
      prompt: 'gpt_description_prompt',
      style: 'gpt_description_prompt',
      title: 'title',
      instrumental: 'make_instrumental',
      model: 'mv',
    },
    fieldsWithLyrics: {
      prompt: 'tags',
      style: 'tags',
      lyrics: 'prompt',
      title: 'title',
      instrumental: 'make_instrumental',
      model: 'mv',
    },
    constants: {},
    evidence: 'source',
  },
} satisfies Record<ActionKey, Action>;

export type Catalogue = Readonly<Record<ActionKey, Action>>;

export const builtInCatalogue: Catalogue = rows;

/** A row's key is what jobs are stored under and tells the platform where its tasks are asked about. */
const catalogueSchema = z.record(z.string(), actionSchema).superRefine((catalogue, context) => {
  for (const [key, { platform }] of Object.entries(catalogue)) {
    if (!new RegExp(`^${platform}/[A-Z0-9_]+$`).test(key))
      context.addIssue({ code: 'custom', path: [key], message: `the key must be like ${platform}/MUSIC` });
  }
});

const overrideSchema = z.record(z.string(), actionSchema.partial());

/** Lays a parsed override file over the built-in rows. Throws `z.ZodError` that names the row and field. */
export function overrideCatalogue(base: Catalogue, file: unknown): Catalogue {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, change] of Object.entries(overrideSchema.parse(file))) {
    const present = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    merged[key] = { ...base[key as ActionKey], ...present };
  }
  return catalogueSchema.parse(merged);
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
    body[field] = typeof before === 'string' && typeof value === 'string' ? `${before}, ${value}` : value;
  }
  return body;
}
