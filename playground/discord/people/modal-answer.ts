import { ComponentType } from 'discord-api-types/v10';
import { ClientRefuses } from './client-checks.ts';
import { contentType } from '../model/content-type.ts';
import type { LooseComponent } from '../messages/component-tree.ts';
import type { ShownModal } from '../interactions/interaction.ts';
import { pickValues, type Choosable } from './pick-values.ts';
import type { Nameable, ResolvedData } from './resolved-data.ts';

/** What a person can put into one field of a modal. */
export type FieldValue = string | boolean | string[] | Nameable[];

/** `data` of a modal's submit; `values` by label or by custom id. */
export function answerModal(
  modal: ShownModal,
  values: Record<string, FieldValue>,
  resolved: ResolvedData,
  force: boolean,
): Record<string, unknown> {
  const unused = new Set(Object.keys(values));
  const fill = (field: LooseComponent, label: string | undefined): Record<string, unknown> => {
    const key = [label, field.custom_id].find((name) => name !== undefined && name in values);
    if (key !== undefined) unused.delete(key);
    const value = key === undefined ? defaultOf(field) : values[key];
    if (!force) checkField(field, label ?? field.custom_id ?? '', value);
    return {
      type: field.type,
      id: field.id ?? 0,
      custom_id: field.custom_id,
      ...fieldWire(field, value, resolved, force),
    };
  };
  const components = modal.components.map((component) => {
    if (component.component !== undefined)
      return {
        type: component.type,
        id: component.id ?? 0,
        component: fill(component.component, component.label),
      };
    const fields = (component.components ?? []).map((field) => fill(field, field.label));
    return {
      type: component.type,
      id: component.id ?? 0,
      ...(fields.length === 0 ? {} : { components: fields }),
    };
  });
  if (unused.size > 0) throw new Error(`The modal "${modal.title}" has no field ${[...unused].join(', ')}`);
  return { custom_id: modal.customId, components, ...resolved.wire() };
}

/** What is in a field that nobody touches. */
function defaultOf(field: LooseComponent): FieldValue {
  if (field.type === ComponentType.TextInput) return typeof field['value'] === 'string' ? field['value'] : '';
  if (field.type === ComponentType.Checkbox) return field['default'] === true;
  return (field.options ?? [])
    .filter((option) => 'default' in option && option.default === true)
    .map(({ value }) => value);
}

function fieldWire(
  field: LooseComponent,
  value: FieldValue | undefined,
  resolved: ResolvedData,
  force: boolean,
): Record<string, unknown> {
  if (field.type === ComponentType.TextInput || field.type === ComponentType.Checkbox) return { value };
  const list: Array<string | Nameable> = Array.isArray(value) ? value : [String(value ?? '')];
  const isList = field.type === ComponentType.FileUpload;
  const ids = isList
    ? list.map((item) => (typeof item === 'string' ? item : resolved.add(item)))
    : pickValues(choosable(field, list.length), field.custom_id ?? '', list, resolved, force);
  return field.type === ComponentType.RadioGroup ? { value: ids[0] ?? null } : { values: ids };
}

/** How many may be chosen; a field that isn't required may also be left alone, whatever its minimum is. */
function choosable(field: LooseComponent, chosen: number): Choosable {
  const isOne = field.type === ComponentType.RadioGroup;
  const options = field.options ?? [];
  const most = field.type === ComponentType.CheckboxGroup ? options.length : 1;
  const isLeft = chosen === 0 && field['required'] === false;
  return {
    type: field.type,
    options,
    minValues: isLeft ? 0 : (field.min_values ?? 1),
    maxValues: isOne ? 1 : (field.max_values ?? most),
    channelTypes: field.channel_types ?? [],
  };
}

function checkField(field: LooseComponent, name: string, value: FieldValue | undefined): void {
  const refuse = (why: string): never => {
    throw new ClientRefuses(`the field "${name}" ${why}`);
  };
  if (field.type === ComponentType.FileUpload) return checkFiles(field, value, refuse);
  if (field.type !== ComponentType.TextInput) return;
  if (typeof value !== 'string') return refuse('takes a text');
  if (value === '') {
    if (field['required'] !== false) refuse('is required');
    return;
  }
  const [min, max] = [Number(field['min_length'] ?? 0), Number(field['max_length'] ?? 4_000)];
  if (value.length < min) refuse(`is shorter than ${min}`);
  if (value.length > max) refuse(`is longer than ${max}`);
}

/** `file_types` are looked up in the names only, as at Discord. */
function checkFiles(
  field: LooseComponent,
  value: FieldValue | undefined,
  refuse: (why: string) => never,
): void {
  const files = Array.isArray(value) ? value : [];
  const least = files.length === 0 && field['required'] === false ? 0 : (field.min_values ?? 1);
  if (files.length < least || files.length > (field.max_values ?? 1)) refuse('takes another number of files');
  const types = (field['file_types'] ?? []) as string[];
  for (const file of files) {
    if (typeof file === 'string' || !('bytes' in file)) return refuse('takes files');
    const group = contentType(file.name)?.split('/')[0] ?? '';
    const fits = types.some((type) =>
      type.startsWith('.') ? file.name.toLowerCase().endsWith(type) : type === group,
    );
    if (types.length > 0 && !fits) refuse(`takes only ${types.join(', ')}, not ${file.name}`);
  }
}
