import type { Act, ActAnswer, Choice, CommandView, Trick } from '../news.ts';
import { withNote } from './apply-news.ts';
import { store } from './store.ts';

/** Does something as the chosen person in the open channel. What is refused is said there. */
export async function act(deed: Act): Promise<ActAnswer> {
  const { userId, channelId } = store.state;
  const answer = await post<ActAnswer>('/acts', { userId, channelId, act: deed }).catch(
    (error: unknown): ActAnswer => ({ refused: `The playground can't be reached: ${String(error)}` }),
  );
  // A late answer is told by the stream as well.
  const isTold = answer.refused === null || /did not respond/.test(answer.refused);
  if (!isTold && answer.refused !== null) note(answer.refused, channelId, userId);
  return answer;
}

function note(text: string, channelId: string, userId: string): void {
  store.change((state) => withNote(state, channelId, userId, text));
}

/** What autocomplete offers; nothing where the bot doesn't answer. */
export async function suggestions(deed: Extract<Act, { is: 'types' }>): Promise<Choice[]> {
  const { userId, channelId } = store.state;
  const answer = await post<ActAnswer>('/acts', { userId, channelId, act: deed });
  return answer.refused === null ? answer.choices : [];
}

export async function trick(wanted: Trick): Promise<void> {
  await post('/tricks', wanted);
}

export async function commandsHere(userId: string, channelId: string): Promise<CommandView[]> {
  const response = await fetch(`/commands?${new URLSearchParams({ user: userId, channel: channelId })}`);
  return (await response.json()) as CommandView[];
}

/** Hands a file over; what comes back names it in an act. */
export async function upload(file: File): Promise<{ id: string; name: string }> {
  const response = await fetch(`/files?${new URLSearchParams({ name: file.name })}`, {
    method: 'POST',
    headers: { 'content-type': file.type === '' ? 'application/octet-stream' : file.type },
    body: file,
  });
  if (!response.ok) throw new Error(await response.text());
  const { id } = (await response.json()) as { id: string };
  return { id, name: file.name };
}

async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}
