import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { JobPage } from './job-page.tsx';
import { LedgerPage } from './ledger-page.tsx';
import { LogPage } from './log-page.tsx';
import { RequestsPage } from './requests-page.tsx';
import { trick } from './requests.ts';
import { store, useStore } from './store.ts';
import { WeatherPage } from './weather-page.tsx';

const pages = {
  Songs: JobPage,
  Requests: RequestsPage,
  Till: LedgerPage,
  Weather: WeatherPage,
  Log: LogPage,
};
type PageName = keyof typeof pages;
const names = Object.keys(pages) as PageName[];

/** The design at work: jobs, requests, credits, weather, and the bot's own life. */
export function BehindTheScenes(): VNode {
  const [page, setPage] = useState<PageName>('Songs');
  const Page = pages[page];
  return (
    <aside class="panel" aria-label="Behind the scenes">
      <header>
        <h2>Behind the scenes</h2>
        <button
          type="button"
          class="icon"
          aria-label="Close behind the scenes"
          onClick={() => store.set({ isPanelOpen: false })}
        >
          ×
        </button>
      </header>
      <BotSwitch />
      <div
        class="tabs"
        role="tablist"
        aria-label="Behind the scenes"
        onKeyDown={(event) => {
          const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (step === undefined) return;
          const next = names.at((names.indexOf(page) + step) % names.length) ?? page;
          setPage(next);
          event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
        }}
      >
        {names.map((name) => (
          <button
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === page}
            aria-controls="panel-page"
            tabIndex={name === page ? 0 : -1}
            onClick={() => setPage(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="page" role="tabpanel" id="panel-page" aria-labelledby={`tab-${page}`} tabIndex={0}>
        <Page />
      </div>
    </aside>
  );
}

function BotSwitch(): VNode {
  const process = useStore((state) => state.process);
  const words = { starting: 'starting', running: 'running', dead: 'not running' }[process.is];
  return (
    <section class={`bot-switch ${process.is}`} aria-label="The bot's process">
      <p role="status">
        <span class="lamp" aria-hidden="true" />
        <strong>Minstrel is {words}</strong>
        <small>
          {process.pid === null ? 'no process' : `process ${process.pid}`} · start {process.starts}
        </small>
      </p>
      {process.is === 'dead' ? (
        <button type="button" class="press success" onClick={() => void trick({ is: 'start-bot' })}>
          Start it
        </button>
      ) : (
        <button
          type="button"
          class="press danger"
          title="SIGKILL"
          onClick={() => void trick({ is: 'kill-bot' })}
        >
          Kill it
        </button>
      )}
    </section>
  );
}
