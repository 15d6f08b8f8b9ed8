import type { EmulatedMessage } from '../model/message.ts';
import { invalidForm, problem } from './refused.ts';

const MAX_PAGE = 100;

/** GET …/messages: newest first, by `around`, `before` or `after`. */
export function pageOf(messages: EmulatedMessage[], query: URLSearchParams): EmulatedMessage[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
    throw invalidForm([
      problem(['limit'], 'NUMBER_TYPE_MAX', `int value should be between 1 and ${MAX_PAGE}.`),
    ]);
  const border = (name: string): bigint | undefined => {
    const id = query.get(name);
    return id === null ? undefined : BigInt(id);
  };
  const [around, before, after] = [border('around'), border('before'), border('after')];
  if (around !== undefined) {
    const at = messages.findIndex((message) => BigInt(message.id) >= around);
    const start = Math.max(0, (at === -1 ? messages.length : at) - Math.floor(limit / 2));
    return messages.slice(start, start + limit).reverse();
  }
  if (after !== undefined)
    return messages
      .filter((message) => BigInt(message.id) > after)
      .slice(0, limit)
      .reverse();
  const older = before === undefined ? messages : messages.filter((message) => BigInt(message.id) < before);
  return older.slice(-limit).reverse();
}
