import { render } from 'preact';
import type { News } from '../news.ts';
import { App } from './app.tsx';
import { applyNews } from './apply-news.ts';
import { store } from './store.ts';

const stream = new EventSource('/news');
stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
  const news = JSON.parse(data) as News;
  store.change((state) => applyNews(state, news));
});
// The browser comes back by itself, and a snapshot with it.
stream.addEventListener('error', () => store.set({ isOpen: false }));

const wide = matchMedia('(min-width: 1180px)');
store.set({ isPanelOpen: wide.matches });

const root = document.querySelector('#app');
if (root !== null) {
  root.replaceChildren();
  render(<App />, root);
}
