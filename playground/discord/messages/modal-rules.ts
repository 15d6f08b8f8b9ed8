import { ComponentType } from 'discord-api-types/v10';
import { duplicateIds } from './component-rules.ts';
import { walkComponents, type LooseComponent } from './component-tree.ts';
import { invalidForm, problem } from '../rest/refused.ts';

/** https://discord.com/developers/docs/components/using-modal-components */
const MAX_MODAL_COMPONENTS = 5;

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
    if (
      component.type === ComponentType.TextInput &&
      Number(component['min_length'] ?? 0) > Number(component['max_length'] ?? 4_000)
    )
      problems.push(problem(place, 'NUMBER_TYPE_MAX', 'min_length exceeds max_length'));
  }
  if (problems.length > 0) throw invalidForm(problems);
}
