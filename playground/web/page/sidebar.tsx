import type { VNode } from 'preact';
import type { ChannelView } from '../news.ts';
import { Avatar, hueOf } from './avatar.tsx';
import { store, useStore } from './store.ts';

/** Servers, channels, direct messages, and who this page acts as. */
export function Sidebar(): VNode {
  const places = useStore((state) => state.places);
  const channelId = useStore((state) => state.channelId);
  const unread = useStore((state) => state.unread);
  const userId = useStore((state) => state.userId);
  const here = places.channels.find(({ id }) => id === channelId);
  const letters = places.channels.find(({ personId }) => personId === userId);
  const guild = places.guilds.find(({ id }) => id === here?.guildId);
  const channels = guild === undefined ? [] : places.channels.filter(({ guildId }) => guildId === guild.id);
  const isUnread = (of: (channel: ChannelView) => boolean): boolean =>
    places.channels.some((channel) => of(channel) && unread.has(channel.id));
  return (
    <nav class="sidebar" aria-label="Servers and channels">
      <ul class="rail">
        <li>
          <button
            type="button"
            class="guild letters"
            aria-label={`Direct messages${isUnread(({ id }) => id === letters?.id) ? ', unread' : ''}`}
            aria-current={here?.guildId === null}
            onClick={() => letters !== undefined && open(letters.id, false)}
          >
            <img src="/page/mark.svg" alt="" />
            {isUnread(({ id }) => id === letters?.id) && <span class="dot" />}
          </button>
        </li>
        {places.guilds.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              class="guild"
              style={{ '--hue': String(hueOf(name)) }}
              title={name}
              aria-current={id === guild?.id}
              onClick={() => {
                const first = places.channels.find(({ guildId }) => guildId === id);
                if (first !== undefined) open(first.id, false);
              }}
            >
              <span aria-hidden="true">{initials(name)}</span>
              <span class="visually-hidden">
                {name}
                {isUnread(({ guildId }) => guildId === id) ? ', unread' : ''}
              </span>
              {isUnread(({ guildId }) => guildId === id) && id !== guild?.id && <span class="dot" />}
            </button>
          </li>
        ))}
      </ul>
      <div class="channels">
        <h2>{guild?.name ?? 'Direct messages'}</h2>
        <ul>
          {channels.map(({ id, name }) => (
            <li key={id}>
              <button
                type="button"
                class={unread.has(id) ? 'channel unread' : 'channel'}
                aria-current={id === channelId ? 'page' : undefined}
                onClick={() => open(id, true)}
              >
                <span aria-hidden="true">#</span> {name}
                {unread.has(id) && <span class="visually-hidden">, unread</span>}
              </button>
            </li>
          ))}
          {guild === undefined && letters !== undefined && (
            <li>
              <button
                type="button"
                class="channel"
                aria-current="page"
                onClick={() => open(letters.id, true)}
              >
                <Avatar name="Minstrel" isBot small /> Minstrel
              </button>
            </li>
          )}
        </ul>
        <People />
      </div>
    </nav>
  );
}

function People(): VNode {
  const people = useStore((state) => state.people);
  const userId = useStore((state) => state.userId);
  return (
    <fieldset class="people">
      <legend>You act as</legend>
      {people.map(({ id, name, isAdmin }) => (
        <label key={id} class={id === userId ? 'person chosen' : 'person'}>
          <input
            type="radio"
            name="person"
            class="visually-hidden"
            checked={id === userId}
            onChange={() => become(id)}
          />
          <Avatar name={name} isBot={false} />
          <span>
            {name}
            <small>{isAdmin ? 'admin' : 'member'}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Everybody has direct messages of their own. */
function become(userId: string): void {
  const { places, channelId } = store.state;
  const here = places.channels.find(({ id }) => id === channelId);
  const own = places.channels.find(({ personId }) => personId === userId);
  store.set({
    userId,
    modal: null,
    ...(here?.guildId === null && own !== undefined ? { channelId: own.id } : {}),
  });
}

function open(channelId: string, closesDrawer: boolean): void {
  store.change((state) => {
    const unread = new Set(state.unread);
    unread.delete(channelId);
    return { ...state, channelId, unread, isDrawerOpen: state.isDrawerOpen && !closesDrawer };
  });
}

function initials(name: string): string {
  const words = name.split(' ').filter((word) => !/^the$/i.test(word));
  return words
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .slice(0, 3);
}
