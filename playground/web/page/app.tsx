import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { BehindTheScenes } from './behind-the-scenes.tsx';
import { Composer } from './composer.tsx';
import { DropZone } from './drop-zone.tsx';
import { ModalDialog } from './modal-dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { store, useStore } from './store.ts';
import { Timeline } from './timeline.tsx';

type Theme = 'dark' | 'light';

export function App(): VNode {
  const channel = useStore(({ places, channelId }) => places.channels.find(({ id }) => id === channelId));
  const isDrawerOpen = useStore((state) => state.isDrawerOpen);
  const isPanelOpen = useStore((state) => state.isPanelOpen);
  const isOpen = useStore((state) => state.isOpen);
  const process = useStore((state) => state.process);
  const [theme, setTheme] = useState<Theme>(firstTheme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) store.set({ isDrawerOpen: false });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const other = theme === 'dark' ? 'light' : 'dark';
  const classes = ['app', isDrawerOpen ? 'drawer-open' : '', isPanelOpen ? 'panel-open' : ''];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      <Sidebar />
      {isDrawerOpen && (
        <button
          type="button"
          class="scrim"
          aria-label="Close the channel list"
          onClick={() => store.set({ isDrawerOpen: false })}
        />
      )}
      <DropZone>
        <header class="bar">
          <button
            type="button"
            class="icon drawer-button"
            aria-label="Channels"
            aria-expanded={isDrawerOpen}
            onClick={() => store.set({ isDrawerOpen: !isDrawerOpen })}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M4 7h16M4 12h16M4 17h16" />
            </svg>
          </button>
          <h1>
            {channel?.guildId === null ? (
              'Minstrel'
            ) : (
              <>
                <span aria-hidden="true">#</span> {channel?.name ?? ''}
              </>
            )}
          </h1>
          {process.is !== 'running' && (
            <p class={`bot-state ${process.is}`} role="status">
              {process.is === 'starting' ? 'Minstrel is starting…' : 'Minstrel is down'}
            </p>
          )}
          {!isOpen && process.starts > 0 && (
            <p class="bot-state dead" role="status">
              The playground was stopped
            </p>
          )}
          <button
            type="button"
            class="icon theme"
            aria-label={`Use the ${other} theme`}
            onClick={() => {
              setTheme(other);
              localStorage.setItem('theme', other);
            }}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 4a8 8 0 1 0 8 8 6.2 6.2 0 0 1-8-8z" />
            </svg>
          </button>
          <button
            type="button"
            class="scenes"
            aria-expanded={isPanelOpen}
            onClick={() => store.set({ isPanelOpen: !isPanelOpen })}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M4 6h16M4 12h10M4 18h13" />
            </svg>
            <span>Behind the scenes</span>
          </button>
        </header>
        <Timeline />
        <Composer />
      </DropZone>
      {isPanelOpen && <BehindTheScenes />}
      <ModalDialog />
    </div>
  );
}

function firstTheme(): Theme {
  const kept = localStorage.getItem('theme');
  if (kept === 'dark' || kept === 'light') return kept;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}
