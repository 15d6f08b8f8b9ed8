import * as spec from 'discord-api-spec/zod';
import { en } from 'zod/locales';
import { config } from 'zod/mini';
import { problem, type Problem } from './refused.ts';

export interface Judgement {
  problems: Problem[];
  /** Keys that the request carries and Discord's description doesn't know: not wrong, but worth a look. */
  unknownKeys: string[];
}

/** Judges a body by Discord's own OpenAPI description. */
export function judge(schema: spec.SpecSchema, body: unknown): Judgement {
  const loosened = loosen(body);
  const result = schema.safeParse(loosened);
  // zod leaves out of its result what the schema doesn't know, so the difference is what was sent in excess.
  if (result.success) return { problems: [], unknownKeys: [...extraKeys(loosened, result.data)] };
  return { problems: result.error.issues.flatMap((issue) => explain(issue)), unknownKeys: [] };
}

/** Where the description contradicts the documentation and the real service, the documentation wins. */
function loosen(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(loosen);
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) copy[key] = loosenKey(key, child);
  return copy;
}

function loosenKey(key: string, child: unknown): unknown {
  // Documented as a string of bits, described as an integer.
  if (key === 'default_member_permissions' && typeof child === 'string' && /^\d+$/.test(child))
    return Number(child);
  // The documentation's own examples number them, the description wants strings.
  if (key === 'attachments' && Array.isArray(child))
    return child.map((row: unknown) =>
      isRecord(row) && typeof row['id'] === 'number' ? { ...row, id: String(row['id']) } : row,
    );
  return key === 'embeds' ? child : loosen(child);
}

/** A union reports every branch; only the one that was meant says something useful. */
function explain(issue: spec.SpecIssue, path: PropertyKey[] = []): Problem[] {
  const place = [...path, ...issue.path];
  const branches = issue.code === 'invalid_union' ? (issue.errors ?? []) : [];
  if (branches.length === 0) return [problem(place, codeOf(issue), issue.message)];
  const [meant] = branches.filter(isMeant).sort((a, b) => a.length - b.length);
  return meant === undefined
    ? [problem([...place, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" is none that fits here.')]
    : meant.flatMap((inner) => explain(inner, place));
}

/** The value is of the branch's type, and something further inside is wrong. */
function isMeant(branch: spec.SpecIssue[]): boolean {
  return branch.every(({ path }) => path.length > 0 && path.join() !== 'type');
}

function codeOf(issue: spec.SpecIssue): string {
  if (issue.code === 'too_big') return issue.origin === 'number' ? 'NUMBER_TYPE_MAX' : 'BASE_TYPE_MAX_LENGTH';
  if (issue.code === 'too_small')
    return issue.origin === 'number' ? 'NUMBER_TYPE_MIN' : 'BASE_TYPE_MIN_LENGTH';
  return issue.code === 'invalid_value' ? 'BASE_TYPE_CHOICES' : 'BASE_TYPE_REQUIRED';
}

function* extraKeys(sent: unknown, known: unknown, path = ''): Generator<string> {
  if (Array.isArray(sent) && Array.isArray(known)) {
    for (const [index, item] of sent.entries()) yield* extraKeys(item, known[index], `${path}[]`);
  } else if (isRecord(sent) && isRecord(known)) {
    for (const [key, child] of Object.entries(sent)) {
      const place = path === '' ? key : `${path}.${key}`;
      if (key in known) yield* extraKeys(child, known[key], place);
      else if (child !== undefined) yield place;
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Without a language zod says nothing but "Invalid input".
config(en());

// zod compiles a schema the first time that it is used: here rather than inside somebody's three seconds.
for (const schema of Object.values(spec)) if (typeof schema === 'object') schema.safeParse({});
