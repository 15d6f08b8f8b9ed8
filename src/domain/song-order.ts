/** Chooses the action for what a member asked, and refuses what its row can't take: pure, free, before any money. */
import { takes, wireBody, type Action, type ActionKey, type Catalogue } from './actions.ts';
import { Refusal } from './errors.ts';
import type { InputName, Platform, SongInputs } from './song.ts';

export interface SongOrder {
  action: ActionKey;
  inputs: SongInputs;
  /** What is done with the clip of this, in the same job. */
  next?: { action: ActionKey; inputs: SongInputs } | undefined;
  /** Tracks that it is made from. */
  parents?: readonly string[] | undefined;
  /** What those, or the file, are called. */
  subject?: string | undefined;
}

/** Credits for the whole order. */
export function priceOf(catalogue: Catalogue, { action, next }: SongOrder): number {
  return (catalogue[action]?.price ?? 0) + (next === undefined ? 0 : (catalogue[next.action]?.price ?? 0));
}

/**
 * `wanted`: the engine that was asked for, if any; else the model's own; else the house's choice; else Producer. The
 * house's model goes with the house's engine only.
 */
export function orderSong(
  catalogue: Catalogue,
  wanted: Platform | undefined,
  given: SongInputs,
  house: { engine: Platform | null; model: string | null } = { engine: null, model: null },
): SongOrder {
  const tidied = tidy(given);
  const platform = wanted ?? platformOf(catalogue, tidied.model) ?? house.engine ?? 'producer';
  const model =
    tidied.model ?? (platformOf(catalogue, house.model ?? undefined) === platform ? house.model : null);
  const inputs: SongInputs = { ...tidied, ...(model === null ? {} : { model }) };
  const key: ActionKey = `${platform}/MUSIC`;
  const action = catalogue[key];
  if (action === undefined || !action.enabled)
    throw new Refusal({ is: 'action-not-served', label: `${platform} songs`, until: null });
  checkInputs(action, inputs);
  return { action: key, inputs };
}

/** An order for any row. Throws `Refusal` for what the row doesn't serve, doesn't know, or can't do without. */
export function orderAction(catalogue: Catalogue, key: ActionKey, given: SongInputs): SongOrder {
  const action = catalogue[key];
  if (action === undefined || !action.enabled)
    throw new Refusal({ is: 'action-not-served', label: action?.label ?? key, until: null });
  const inputs = tidy(given);
  checkInputs(action, inputs);
  return { action: key, inputs };
}

/** Throws `Refusal` for the first input that the row doesn't know or that is too long for it. */
export function checkInputs(action: Action, inputs: SongInputs): void {
  const engine = action.platform;
  const missing = action.needs.find((name) => inputs[name] === undefined);
  if (missing !== undefined) throw new Refusal({ is: 'empty', option: missing });
  if (inputs.from !== undefined && inputs.to !== undefined && inputs.to <= inputs.from)
    throw new Refusal({ is: 'bad-span' });
  for (const [name, value] of Object.entries(inputs) as [InputName, SongInputs[InputName]][]) {
    if (value === undefined || value === false) continue;
    if (!takes(action, name)) throw new Refusal({ is: 'input-unknown-to-engine', option: name, engine });
    const max = action.maxLength[name];
    if (typeof value === 'string' && max !== undefined && value.length > max)
      throw new Refusal({ is: 'too-long', option: name, max, length: value.length, engine });
  }
  const body = wireBody(action, inputs);
  for (const [field, max] of Object.entries(action.maxFieldLength ?? {})) {
    const value = body[field];
    if (typeof value === 'string' && value.length > max)
      throw new Refusal({
        is: 'too-long',
        option: sharing(action, field),
        max,
        length: value.length,
        engine,
      });
  }
  if (inputs.model !== undefined && !action.models.includes(inputs.model))
    throw new Refusal({ is: 'model-of-other-engine', model: inputs.model, engine });
}

/** "prompt + style": the inputs that end up in one wire field. */
function sharing(action: Action, field: string): string {
  const pairs = [...Object.entries(action.fields), ...Object.entries(action.fieldsWithLyrics ?? {})];
  return [...new Set(pairs.flatMap(([input, into]) => (into === field ? input : [])))].join(' + ');
}

function platformOf(catalogue: Catalogue, model: string | undefined): Platform | undefined {
  return Object.values(catalogue).find(
    (action) => action.token === 'MUSIC' && model !== undefined && action.models.includes(model),
  )?.platform;
}

/** Blank text is absent text; control characters but line ends and tabs go; lyrics keep their inner lines. */
function tidy(given: SongInputs): SongInputs {
  const entries = Object.entries(given).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    // oxlint-disable-next-line no-control-regex -- taking them out is the point
    const text = value.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim();
    return [name, text === '' ? undefined : text];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as SongInputs;
}
