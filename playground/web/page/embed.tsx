import type { APIAttachment, APIEmbed } from 'discord-api-types/v10';
import type { VNode } from 'preact';
import { Markdown } from './markdown.tsx';
import { pictureAddress } from './picture-address.ts';
import { Timestamp } from './timestamp.tsx';

export function Embed({ embed, files }: { embed: APIEmbed; files: readonly APIAttachment[] }): VNode {
  const thumbnail = pictureAddress(embed.thumbnail?.url, files);
  const picture = pictureAddress(embed.image?.url, files);
  return (
    <article class="embed" style={{ '--edge': edge(embed.color) }}>
      <div class="embed-body">
        <div class="embed-words">
          {embed.author !== undefined && <p class="embed-author">{embed.author.name}</p>}
          {embed.title !== undefined && <div class="embed-title">{titled(embed)}</div>}
          {embed.description !== undefined && <Markdown text={embed.description} />}
        </div>
        {thumbnail !== undefined && (
          <img class="thumbnail" src={thumbnail} alt={embed.title ?? 'Cover'} loading="lazy" />
        )}
      </div>
      {(embed.fields ?? []).length > 0 && (
        <dl class="fields">
          {embed.fields?.map(({ name, value, inline }) => (
            <div class={inline === true ? 'inline' : ''}>
              <dt>
                <Markdown text={name} />
              </dt>
              <dd>
                <Markdown text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {picture !== undefined && (
        <img class="picture" src={picture} alt={embed.title ?? 'Picture'} loading="lazy" />
      )}
      {(embed.footer !== undefined || embed.timestamp !== undefined) && (
        <p class="embed-footer">
          {embed.footer?.text}
          {embed.timestamp !== undefined && (
            <>
              {' · '}
              <Timestamp seconds={Date.parse(embed.timestamp) / 1000} style="f" />
            </>
          )}
        </p>
      )}
    </article>
  );
}

function titled({ title = '', url }: APIEmbed): VNode {
  if (url === undefined || !/^https?:/.test(url)) return <Markdown text={title} />;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {title}
    </a>
  );
}

function edge(colour: number | undefined): string {
  return colour === undefined ? 'var(--line)' : `#${colour.toString(16).padStart(6, '0')}`;
}
