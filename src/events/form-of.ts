/** Forms on their way to Discord and back. */
import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import { shorten } from '../domain/limits.ts';
import type { Form, FormField } from '../services/visit.ts';

/** Discord's limits (components/reference, "Modal", "Label", "Text Input"). */
const limits = { title: 45, label: 45, hint: 100, placeholder: 100, value: 4000, option: 100 };

export function formOf({ customId, title, fields }: Form): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title: shorten(title, limits.title),
    components: fields.map((field) => ({
      type: ComponentType.Label,
      label: shorten(field.label, limits.label),
      ...(field.hint === undefined ? {} : { description: shorten(field.hint, limits.hint) }),
      component: componentOf(field),
    })),
  };
}

type FieldComponent = Extract<
  APIModalInteractionResponseCallbackData['components'][number],
  { type: ComponentType.Label }
>['component'];

function componentOf({ name, required, kind }: FormField): FieldComponent {
  if (kind.is === 'choice')
    return {
      type: ComponentType.StringSelect,
      custom_id: name,
      required,
      options: kind.options.map(({ label, value }) => ({
        label: shorten(label, limits.option),
        value,
        default: value === kind.value,
      })),
    };
  const maxLength = Math.min(limits.value, kind.maxLength);
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: kind.is === 'lines' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: maxLength,
    // What is longer than a field can hold is cut by Discord's own rule, not refused: the member sees what is sent.
    ...(kind.value === '' ? {} : { value: shorten(kind.value, maxLength) }),
  };
}

/** What was filled in, by field; blank is absent. Anything but text and one choice is not of our forms. */
export function filledIn(interaction: ModalSubmitInteraction): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [name, field] of interaction.fields.fields) {
    const chosen: unknown = Reflect.get(field, 'values');
    const value: unknown = Array.isArray(chosen) ? chosen[0] : Reflect.get(field, 'value');
    if (typeof value === 'string' && value.trim() !== '') values.set(name, value);
  }
  return values;
}
