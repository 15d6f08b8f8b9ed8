import { ComponentType } from 'discord-api-types/v10';
import { duplicateIds, selectProblems } from './component-rules.ts';
import { isSelect, walkComponents, type LooseComponent } from './component-tree.ts';
import { invalidForm, problem, type Problem } from '../rest/refused.ts';

/** https://discord.com/developers/docs/components/using-modal-components */
const MAX_MODAL_COMPONENTS = 5;
const MAX_TEXT = 4_000;

/** What the schema of a modal can't say; its fields have been accepted one by one. */
export function checkModal(components: LooseComponent[]): void {
  const path = ['data', 'components'];
  const all = [...walkComponents(components, path)];
  const problems = duplicateIds(all);
  if (components.length < 1 || components.length > MAX_MODAL_COMPONENTS)
    problems.push(problem(path, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.'));
  for (const { component, path: place } of all) {
    if (component.type === ComponentType.ActionRow && component.components?.length !== 1)
      problems.push(
        problem(place, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A row of a modal holds one text input.'),
      );
    if (component.type === ComponentType.TextInput) problems.push(...textProblems(component, place));
    if (isSelect(component.type)) problems.push(...selectProblems(component, place));
  }
  if (problems.length > 0) throw invalidForm(problems);
}

/** The text that is already in the field must be one that could be sent. */
function textProblems(input: LooseComponent, path: PropertyKey[]): Problem[] {
  const [min, max] = [Number(input['min_length'] ?? 0), Number(input['max_length'] ?? MAX_TEXT)];
  const value = typeof input['value'] === 'string' ? input['value'] : '';
  if (min > max) return [problem(path, 'NUMBER_TYPE_MAX', 'min_length exceeds max_length')];
  if (value.length > max)
    return [problem([...path, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)];
  return value !== '' && value.length < min
    ? [problem([...path, 'value'], 'BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`)]
    : [];
}
