import type { VNode } from 'preact';
import type { AppState } from './app-state.ts';
import { store, useStore } from './store.ts';

/** The till's entries as they are written: append-only, two for each movement (the server's and the member's). */
export function LedgerPage(): VNode {
  const entries = useStore((state) => state.entries);
  if (entries.length === 0) return <p class="empty">Nobody has spent anything yet.</p>;
  return (
    <table class="ledger">
      <caption class="visually-hidden">Ledger entries, newest first</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Whose</th>
          <th scope="col">Credits</th>
        </tr>
      </thead>
      <tbody>
        {entries.toReversed().map(({ id, at, account, kind, credits, reason }) => (
          <tr key={id}>
            <td>{new Date(at).toLocaleTimeString('en', { timeStyle: 'medium', hour12: false })}</td>
            <td title={reason}>
              <span class={`entry ${kind}`}>{kind}</span>
            </td>
            <td>{whose(account, store.state)}</td>
            <td class="number">{credits}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "guild:1", "member:1:2", "person:2" in words. */
function whose(account: string, { places, people }: AppState): string {
  const [kind, ...ids] = account.split(':');
  const guild = places.guilds.find(({ id }) => id === ids[0])?.name;
  const person = people.find(({ id }) => id === ids.at(-1))?.name;
  if (kind === 'guild') return guild ?? account;
  return kind === 'member' ? `${person ?? '?'}, ${guild ?? '?'}` : (person ?? account);
}
