import type { APIAttachment } from 'discord-api-types/v10';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { AudioPlayer, megabytes } from './audio-player.tsx';

/** `shown`: names of those that an embed or a component shows already. */
export function Attachments({
  files,
  shown,
}: {
  files: readonly APIAttachment[];
  shown: ReadonlySet<string>;
}): VNode | null {
  const left = files.filter(({ filename }) => !shown.has(filename));
  if (left.length === 0) return null;
  return (
    <div class="attachments">
      {left.map((file) => (
        <Attachment key={file.id} file={file} />
      ))}
    </div>
  );
}

export function Attachment({ file }: { file: APIAttachment }): VNode {
  const type = file.content_type ?? '';
  const [source] = useState(file.url);
  if (type.startsWith('audio/')) return <AudioPlayer url={source} name={file.filename} size={file.size} />;
  if (type.startsWith('video/'))
    return <video class="video" src={source} controls preload="metadata" aria-label={file.filename} />;
  if (type.startsWith('image/'))
    return <img class="picture" src={source} alt={file.description ?? file.filename} loading="lazy" />;
  return <OtherFile url={source} file={file} isText={/^text\/|json|x-subrip/.test(type)} />;
}

const readable = 200_000;
const shownLines = 6;

function OtherFile({ url, file, isText }: { url: string; file: APIAttachment; isText: boolean }): VNode {
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (!isText || file.size > readable) return;
    fetch(url)
      .then((response) => response.text())
      .then(setText, () => undefined);
  }, [url]);
  return (
    <div class="other-file">
      <div class="other-file-head">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 3h8l4 4v14H6zM14 3v4h4" />
        </svg>
        <a href={url} download={file.filename}>
          {file.filename}
        </a>
        <span class="soft">{megabytes(file.size)}</span>
      </div>
      {text !== undefined && <pre tabIndex={0}>{text.split('\n').slice(0, shownLines).join('\n')}</pre>}
    </div>
  );
}
