import { ComponentType } from 'discord-api-types/v10';
import type { Attachment } from '../model/attachment.ts';
import { isSelect, walkComponents, type LooseComponent } from './component-tree.ts';
import { isAbsent } from '../rest/is-absent.ts';

/** A link with what Discord has found behind it. */
interface Unfurled {
  id: string;
  url: string;
  proxy_url: string;
  width: null;
  height: null;
  content_type?: string | null;
  attachment_id?: string;
}

/** Components as Discord gives them back: numbered, with its defaults, and files by their links. */
export function shownComponents(components: LooseComponent[], attachments: Attachment[]): LooseComponent[] {
  const copy = structuredClone(components);
  const placed = [...walkComponents(copy)].map(({ component }) => component);
  number(placed);
  for (const component of placed) {
    for (const [key, value] of Object.entries(component)) if (value === null) delete component[key];
    Object.assign(component, { ...defaults(component), ...component }, media(component, attachments));
  }
  return copy;
}

/** Ids that came are kept, the others are the lowest free numbers. */
function number(components: LooseComponent[]): void {
  const taken = new Set(components.map(({ id }) => id));
  let next = 1;
  for (const component of components) {
    if (!isAbsent(component.id) && component.id !== 0) continue;
    while (taken.has(next)) next += 1;
    component.id = next;
    next += 1;
  }
}

function defaults({ type }: LooseComponent): object {
  if (isSelect(type)) return { min_values: 1, max_values: 1 };
  if (type === ComponentType.Container) return { accent_color: null, spoiler: false };
  if (type === ComponentType.Separator) return { divider: true, spacing: 1 };
  if (type === ComponentType.Thumbnail) return { description: null, spoiler: false };
  return type === ComponentType.File ? { spoiler: false } : {};
}

function media(component: LooseComponent, attachments: Attachment[]): object {
  const find = (url: string): Attachment | undefined =>
    attachments.find((file) => url === `attachment://${file.filename}` || url === file.url);
  const unfurled = ({ url }: { url: string }): Unfurled => {
    const file = find(url);
    const link = file?.url ?? url;
    const size = { width: null, height: null };
    if (file === undefined) return { id: '0', url: link, proxy_url: link, ...size };
    const known = { id: file.id, attachment_id: file.id, content_type: file.content_type ?? null };
    return { ...known, url: link, proxy_url: link, ...size };
  };
  const file = component.file === undefined ? undefined : find(component.file.url);
  return {
    ...(component.media === undefined ? {} : { media: unfurled(component.media) }),
    ...(component.file === undefined
      ? {}
      : { file: unfurled(component.file), name: file?.filename ?? null, size: file?.size ?? null }),
    ...(component.items === undefined
      ? {}
      : {
          items: component.items.map((item) => ({
            description: null,
            spoiler: false,
            ...item,
            media: unfurled(item.media),
          })),
        }),
  };
}
