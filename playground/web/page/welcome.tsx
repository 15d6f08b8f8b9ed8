import type { VNode } from 'preact';
import { prefill } from './prefill.ts';
import { useStore } from './store.ts';

const ideas = ['slow sad piano in the rain', 'fast happy techno', 'a lullaby for a robot'];

/** The beginning of a channel; where nothing was said yet, also what one could begin with. */
export function Welcome({ isEmpty }: { isEmpty: boolean }): VNode {
  const channel = useStore(({ places, channelId }) => places.channels.find(({ id }) => id === channelId));
  const name = channel?.guildId === null ? 'Direct messages with Minstrel' : `#${channel?.name ?? ''}`;
  return (
    <section class="welcome">
      <img src="/page/mark.svg" alt="" width="52" height="52" />
      <h2>{name}</h2>
      <p>
        The real bot is here. Discord and the song service are emulated, so nothing is spent. Type{' '}
        <kbd>/</kbd> to see what it can do{isEmpty ? ', or begin with one of these:' : '.'}
      </p>
      {isEmpty && (
        <div class="ideas">
          {ideas.map((idea) => (
            <button type="button" onClick={() => prefill('/song', { prompt: idea })}>
              <span class="mention">/song</span> {idea}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
