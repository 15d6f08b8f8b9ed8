import { ComponentType, type ButtonStyle } from 'discord-api-types/v10';

/** Any component, in a request or in a message, before anything is known of it. */
export interface LooseComponent {
  type: ComponentType;
  id?: number | null;
  custom_id?: string;
  label?: string;
  placeholder?: string;
  content?: string;
  style?: ButtonStyle;
  url?: string;
  sku_id?: string;
  disabled?: boolean;
  min_values?: number;
  max_values?: number;
  channel_types?: number[];
  options?: Array<{ label: string; value: string; description?: string }>;
  components?: LooseComponent[];
  component?: LooseComponent;
  accessory?: LooseComponent;
  media?: { url: string };
  file?: { url: string };
  items?: Array<{ media: { url: string }; description?: string }>;
  [key: string]: unknown;
}

export interface PlacedComponent {
  component: LooseComponent;
  path: PropertyKey[];
}

/** Every component of a tree, parents before children, with its place in the request. */
export function* walkComponents(
  components: readonly LooseComponent[],
  path: PropertyKey[] = ['components'],
): Generator<PlacedComponent> {
  for (const [index, component] of components.entries()) yield* walkOne(component, [...path, index]);
}

function* walkOne(component: LooseComponent, path: PropertyKey[]): Generator<PlacedComponent> {
  yield { component, path };
  if (component.components) yield* walkComponents(component.components, [...path, 'components']);
  if (component.accessory) yield* walkOne(component.accessory, [...path, 'accessory']);
  if (component.component) yield* walkOne(component.component, [...path, 'component']);
}

export function isSelect(type: ComponentType): boolean {
  return (
    type === ComponentType.StringSelect ||
    (type >= ComponentType.UserSelect && type <= ComponentType.ChannelSelect)
  );
}

/** `attachment://name` links of a component, which must point at a file of the same message. */
export function mediaOf(component: LooseComponent): string[] {
  const single = [component.media?.url, component.file?.url];
  const many = (component.items ?? []).map((item) => item.media.url);
  return [...single, ...many].filter((url) => url !== undefined);
}
