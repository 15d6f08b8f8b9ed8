import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import {
  isSelect,
  mediaOf,
  walkComponents,
  type LooseComponent,
  type PlacedComponent,
} from './component-tree.ts';
import { problem, type Problem } from '../rest/refused.ts';
import { isAbsent } from '../rest/is-absent.ts';

// https://discord.com/developers/docs/components/reference
const MAX_ROWS = 5;
const MAX_BUTTONS = 5;
const MAX_COMPONENTS_V2 = 40;
const MAX_TEXT_V2 = 4_000;

/** What the schema of a message's components can't say. `files`: names that `attachment://` may point at. */
export function componentProblems(components: LooseComponent[], isV2: boolean, files: string[]): Problem[] {
  const all = [...walkComponents(components)];
  return [
    ...duplicateIds(all),
    ...all.flatMap(oneComponent),
    ...(isV2 ? v2Problems(all, files) : legacyProblems(components)),
  ];
}

/** A custom id names one component of a message or modal. */
export function duplicateIds(all: PlacedComponent[]): Problem[] {
  const seen = new Set<string>();
  return all.flatMap(({ component, path }) => {
    const id = component.custom_id;
    if (id === undefined || id === null) return [];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      problem(
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      ),
    ];
  });
}

function legacyProblems(components: LooseComponent[]): Problem[] {
  const problems = components.flatMap((component, index) =>
    component.type === ComponentType.ActionRow
      ? []
      : [
          problem(
            ['components', index, 'type'],
            'UNION_TYPE_CHOICES',
            `Component type ${component.type} needs the flag IS_COMPONENTS_V2.`,
          ),
        ],
  );
  if (components.length > MAX_ROWS)
    problems.push(problem(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.'));
  return problems;
}

function v2Problems(all: PlacedComponent[], files: string[]): Problem[] {
  const problems = all.flatMap(({ component, path }) =>
    mediaOf(component)
      .filter((url) => url.startsWith('attachment://') && !files.includes(url.slice('attachment://'.length)))
      .map((url) =>
        problem(
          path,
          'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
          `No file of this message is ${url}.`,
        ),
      ),
  );
  if (all.length > MAX_COMPONENTS_V2)
    problems.push(
      problem(
        ['components'],
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        `${all.length} components, 40 are allowed.`,
      ),
    );
  const text = all.reduce((sum, { component }) => sum + (component.content?.length ?? 0), 0);
  if (text > MAX_TEXT_V2)
    problems.push(
      problem(
        ['components'],
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        'Displayable text exceeds 4000 characters.',
      ),
    );
  return problems;
}

function oneComponent({ component, path }: PlacedComponent): Problem[] {
  if (component.type === ComponentType.ActionRow) return rowProblems(component, path);
  if (component.type === ComponentType.Button) return buttonProblems(component, path);
  return isSelect(component.type) ? selectProblems(component, path) : [];
}

function rowProblems(row: LooseComponent, path: PropertyKey[]): Problem[] {
  const children = row.components ?? [];
  const selects = children.filter((child) => isSelect(child.type)).length;
  const isFull = selects > 0 ? children.length > 1 : children.length > MAX_BUTTONS;
  return isFull
    ? [
        problem(
          [...path, 'components'],
          'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
          'The specified component exceeds the maximum width',
        ),
      ]
    : [];
}

function buttonProblems(button: LooseComponent, path: PropertyKey[]): Problem[] {
  const required = (key: string): Problem =>
    problem([...path, key], 'BASE_TYPE_REQUIRED', `A button of style ${button.style} needs "${key}"`);
  if (button.style === ButtonStyle.Premium) return isAbsent(button.sku_id) ? [required('sku_id')] : [];
  const problems: Problem[] = [];
  if ((button.label ?? '') === '' && isAbsent(button['emoji'])) problems.push(required('label'));
  const isLink = button.style === ButtonStyle.Link;
  if (isLink && isAbsent(button.url)) problems.push(required('url'));
  if (isLink && !isAbsent(button.url) && !/^(https?|discord):/.test(button.url))
    problems.push(
      problem([...path, 'url'], 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of http, https, discord.'),
    );
  if (!isLink && isAbsent(button.custom_id)) problems.push(required('custom_id'));
  if (!isAbsent(button.url) && !isAbsent(button.custom_id))
    problems.push(
      problem(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      ),
    );
  return problems;
}

/** Of messages and modals. */
export function selectProblems(select: LooseComponent, path: PropertyKey[]): Problem[] {
  const { min_values: min = 1, max_values: max = 1, options } = select;
  const problems: Problem[] = [];
  if (min > max)
    problems.push(problem([...path, 'min_values'], 'NUMBER_TYPE_MAX', 'min_values exceeds max_values'));
  if (options === undefined) return problems;
  if (max > options.length)
    problems.push(
      problem([...path, 'max_values'], 'NUMBER_TYPE_MAX', 'max_values exceeds the number of options'),
    );
  const chosen = options.filter((option) => 'default' in option && option.default === true).length;
  if (chosen > max)
    problems.push(
      problem(
        [...path, 'options'],
        'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
        'More defaults than max_values',
      ),
    );
  const values = new Set(options.map((option) => option.value));
  if (values.size < options.length)
    problems.push(
      problem(
        [...path, 'options'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The option values must be unique',
      ),
    );
  return problems;
}
