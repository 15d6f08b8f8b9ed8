import type { APIAttachment } from 'discord-api-types/v10';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Attachment } from './attachments.tsx';
import type { LoosePart } from './loose-part.ts';
import { Markdown } from './markdown.tsx';
import { pictureAddress } from './picture-address.ts';
import { act } from './requests.ts';
import { SelectMenu } from './select-menu.tsx';

interface Place {
  messageId: string;
  files: readonly APIAttachment[];
}

/** Component types: https://discord.com/developers/docs/components/reference#component-object-component-types */
const kind = {
  row: 1,
  button: 2,
  selects: [3, 5, 6, 7, 8],
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
};

/** Whatever a bot put under (or instead of) its words. A kind that the page doesn't know is left out. */
export function MessageComponents({ parts, ...place }: { parts: readonly LoosePart[] } & Place): VNode {
  return (
    <div class="components">
      {parts.map((part) => (
        <Part key={part.id} part={part} {...place} />
      ))}
    </div>
  );
}

function Part({ part, ...place }: { part: LoosePart } & Place): VNode | null {
  const inside = (parts: readonly LoosePart[] = []): VNode[] =>
    parts.map((one) => <Part key={one.id} part={one} {...place} />);
  switch (part.type) {
    case kind.row:
      return <div class="row">{inside(part.components)}</div>;
    case kind.button:
      return <PressButton part={part} messageId={place.messageId} />;
    case kind.section:
      return (
        <div class="section">
          <div>{inside(part.components)}</div>
          {part.accessory !== undefined && <Part part={part.accessory} {...place} />}
        </div>
      );
    case kind.text:
      return <Markdown text={part.content ?? ''} />;
    case kind.thumbnail:
      return <Picture url={part.media?.url} words={part.description} files={place.files} small />;
    case kind.gallery:
      return (
        <div class="gallery">
          {(part.items ?? []).map(({ media, description }) => (
            <Picture url={media.url} words={description} files={place.files} />
          ))}
        </div>
      );
    case kind.file: {
      const url = pictureAddress(part.file?.url, place.files);
      const file = place.files.find((one) => samePath(one.url, url));
      return file === undefined ? null : <Attachment file={file} />;
    }
    case kind.separator:
      return part.divider === false ? <div class="gap" /> : <hr />;
    case kind.container: {
      const colour = part.accent_color;
      const edge = typeof colour === 'number' ? `#${colour.toString(16).padStart(6, '0')}` : 'var(--line)';
      return (
        <div class="container" style={{ '--edge': edge }}>
          {inside(part.components)}
        </div>
      );
    }
    default:
      return kind.selects.includes(part.type) ? (
        <SelectMenu
          part={part}
          isDisabled={part.disabled === true}
          onPick={async (values) => {
            await act({ is: 'picks', messageId: place.messageId, customId: part.custom_id ?? '', values });
          }}
        />
      ) : null;
  }
}

/** Links are signed anew with each edit. */
function samePath(one: string, other: string | undefined): boolean {
  return other !== undefined && URL.parse(one)?.pathname === URL.parse(other)?.pathname;
}

const looks: Record<number, string> = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

function PressButton({ part, messageId }: { part: LoosePart; messageId: string }): VNode {
  const [isBusy, setBusy] = useState(false);
  const look = `press ${looks[part.style ?? 2] ?? 'secondary'}`;
  const words = (
    <>
      {part.emoji?.name !== undefined && part.emoji.name !== null && (
        <span aria-hidden="true">{part.emoji.name}</span>
      )}
      {part.label ?? ''}
    </>
  );
  const url = part.url ?? '';
  if (part.style === 5 && /^https?:/.test(url))
    return (
      <a class={look} href={url} target="_blank" rel="noopener noreferrer nofollow">
        {words}
        <span aria-hidden="true">↗</span>
      </a>
    );
  const press = async (): Promise<void> => {
    setBusy(true);
    await act({ is: 'presses', messageId, customId: part.custom_id ?? '' });
    setBusy(false);
  };
  return (
    <button
      type="button"
      class={look}
      disabled={part.disabled === true}
      aria-busy={isBusy}
      aria-label={part.label === undefined ? (part.emoji?.name ?? 'Button') : undefined}
      onClick={() => !isBusy && void press()}
    >
      {words}
    </button>
  );
}

function Picture({
  url,
  words,
  files,
  small = false,
}: {
  url: string | undefined;
  words: string | null | undefined;
  files: readonly APIAttachment[];
  small?: boolean;
}): VNode | null {
  const address = pictureAddress(url, files);
  if (address === undefined) return null;
  return (
    <img class={small ? 'thumbnail' : 'picture'} src={address} alt={words ?? 'Picture'} loading="lazy" />
  );
}
