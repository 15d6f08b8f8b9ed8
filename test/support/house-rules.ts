/** The house rules of the design as a function: from {path in src: source text} to a list of broken rules. */
import { posix } from 'node:path';

export type Sources = Readonly<Record<string, string>>;

/** Rooms by the beginning of their paths, the longest that fits wins; a path that ends in `.ts` is a room by itself. */
const floors: Record<string, number> = {
  'domain/': 0,
  'config.ts': 1,
  'load-catalogue.ts': 1,
  'explain.ts': 1,
  'services/': 1,
  'services/text/': 1,
  'services/storage/': 2,
  'services/song-api/': 2,
  'services/audio/': 2,
  'services/pictures/': 2,
  'services/delivery/': 3,
  'services/jobs/': 3,
  'services/quota/': 3,
  'services/library/': 3,
  'commands/': 4,
  'buttons/': 4,
  'events/': 5,
  'archive.ts': 6,
  'post-room.ts': 7,
  'counters.ts': 7,
  'app.ts': 8,
  'doctor.ts': 8,
  'main.ts': 9,
};
/** The tools floor: small things that may lean on each other. */
const tools = 1;
const sideDoors = [['services/jobs/', 'services/quota/']];

/** Each outside library and where it may come in. A library that isn't here has no business in the house yet. */
const doors: Record<string, readonly string[]> = {
  zod: [''],
  'p-limit': [''],
  undici: ['services/song-api/'],
  'ipaddr.js': ['services/song-api/'],
  keyv: ['services/storage/'],
  kysely: ['services/storage/'],
  pg: ['services/storage/'],
  'node:sqlite': ['services/storage/sqlite-worker.ts'],
  'node:child_process': ['services/audio/apart.ts', 'services/audio/ffmpeg.ts'],
  'node:worker_threads': ['services/storage/', 'services/audio/', 'services/pictures/'],
  pino: ['services/logger.ts'],
  'discord.js': ['events/', 'commands/', 'buttons/', 'services/delivery/', 'app.ts', 'doctor.ts'],
  mediabunny: ['services/audio/'],
  'client-zip': ['services/zip-files.ts'],
  '@napi-rs/canvas': ['services/pictures/'],
  // A scope with a slash at its end: everything in it.
  '@fontsource-variable/': ['services/pictures/'],
};
/** Where a process begins: only there it has a name. */
const processes = new Set(['main.ts', 'services/audio/audio-watch.ts']);
/** Pure: the cellar takes nothing of the machine but chance, for ids. */
const domainMayUse = ['zod', 'node:crypto'];

const time =
  /\b(?:setTimeout|setInterval|setImmediate|Date\.now|performance\.now)\b|node:timers|\bnew Date\(\)/;
/** Who may look at the clock on the wall. Everybody else is handed a `Clock`. */
const timekeepers: Record<string, string> = {
  'services/audio/apart.ts': "what another process needs is the system's time",
  'services/audio/audio-watch.ts': 'measures itself',
  'services/clock.ts': 'it is the clock',
  'services/pictures/easel.ts': 'the deadline of a thread is real time',
  'services/song-api/http.ts': 'a Retry-After may be a date of the real world',
  'doctor.ts': 'runs once, outside the app',
  'events/discord-client.ts': "waits beside discord.js, whose timers are the system's",
  'events/gateway-line.ts': "waits beside discord.js, whose timers are the system's",
  'services/delivery/roads.ts': 'waits between two tries of a request',
  'services/repeating.ts': 'waits between two tries of a request',
  'events/first-answer.ts': "Discord's three seconds are real ones",
};

const longestFile = 300;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.ts)?$/;
const vague = /(^|-)(utils?|helpers?|managers?|common|misc)(-|\.|$)/;

export function brokenRules(sources: Sources): string[] {
  const files = Object.keys(sources).toSorted();
  return [
    ...files.flatMap((path) => aboutFile(path, sources[path] ?? '')),
    ...files.flatMap((path) =>
      importsOf(sources[path] ?? '').flatMap((name) => aboutImport(path, name, sources)),
    ),
    ...circles(sources),
    ...unlisted(sources, 'commands/'),
    ...unlisted(sources, 'buttons/'),
  ];
}

/** What a file imports: static, re-exported, for its effect, dynamic, required, and types all the same. */
export function importsOf(source: string): string[] {
  const forms = [
    /^\s*(?:import|export)\b[^;'"()]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\b(?:import|require)\(\s*['"`]([^'"`]+)['"`]/g,
  ];
  return forms.flatMap((form) => [...source.matchAll(form)].map((match) => match[1] ?? ''));
}

/** Where a relative import leads, as a path in src. */
const target = (path: string, name: string): string => posix.join(posix.dirname(path), name);

function roomOf(path: string): { room: string; floor: number } | undefined {
  const fits = Object.keys(floors).filter(
    (room) => path === room || (room.endsWith('/') && path.startsWith(room)),
  );
  const room = fits.toSorted((a, b) => b.length - a.length)[0];
  if (room === undefined) return undefined;
  // A folder in services without a row of its own is a room that nobody has put on a floor.
  if (room === 'services/' && path.slice(room.length).includes('/')) return undefined;
  return { room, floor: floors[room] ?? 0 };
}

function aboutFile(path: string, source: string): string[] {
  const problems: string[] = [];
  const lines = source.split('\n');
  const code = lines.map((line) => line.replace(/(^|\s)\/\/.*$|^\s*\/?\*.*$/, '')).join('\n');
  if (lines.length > longestFile + 1) problems.push(`${path} is longer than ${longestFile} lines`);
  if (roomOf(path) === undefined) problems.push(`${path} stands on no floor`);
  for (const part of path.split('/')) {
    if (!kebab.test(part)) problems.push(`${path}: ${part} is not in kebab-case`);
    if (vague.test(part)) problems.push(`${path}: ${part} says nothing`);
  }
  if (!processes.has(path) && /(?<![.\w])process(?:\?*\.\w|\[)|node:process/.test(code))
    problems.push(`${path} uses process`);
  if (time.test(code) && !(path in timekeepers)) problems.push(`${path} keeps its own time`);
  return problems;
}

function aboutImport(path: string, name: string, sources: Sources): string[] {
  if (!name.startsWith('.')) return aboutLibrary(path, name);
  const to = target(path, name);
  if (to.startsWith('..')) return [`${path} reaches out of src: ${name}`];
  if (!(to in sources)) return [`${path} imports ${name}, which is not there`];
  const [here, there] = [roomOf(path), roomOf(to)];
  if (here === undefined || there === undefined || here.room === there.room) return [];
  if (there.floor > here.floor) return [`${path} reaches up to ${to}`];
  const besides = there.floor === here.floor && here.floor !== tools;
  if (besides && !sideDoors.some(([from, into]) => here.room === from && there.room === into))
    return [`${path} reaches over to ${to}`];
  return [];
}

function aboutLibrary(path: string, name: string): string[] {
  const parts = name.split('/');
  const library = name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  if (path.startsWith('domain/') && !domainMayUse.includes(library))
    return [`${path} is not pure: ${library}`];
  const door = doors[library] ?? doors[`${parts[0] ?? ''}/`];
  if (door === undefined) return library.startsWith('node:') ? [] : [`${path}: ${library} has no door`];
  return door.some((way) => path.startsWith(way)) ? [] : [`${path}: ${library} comes in by the window`];
}

/** Every circle once, by its files. */
function circles(sources: Sources): string[] {
  const found = new Map<string, string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const circle = trail.slice(start);
      found.set(circle.toSorted().join(), `a circle: ${[...circle, path].join(' -> ')}`);
      return;
    }
    if (done.has(path)) return;
    for (const name of importsOf(sources[path] ?? '')) {
      const to = target(path, name);
      if (name.startsWith('.') && to in sources) visit(to, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of Object.keys(sources)) visit(path, []);
  return [...found.values()];
}

/** A counter that neither the list nor a neighbour imports is one that nobody can reach. */
function unlisted(sources: Sources, room: string): string[] {
  const files = Object.keys(sources).filter((path) => path.startsWith(room));
  const imported = new Set(
    files.flatMap((path) => importsOf(sources[path] ?? '').map((name) => target(path, name))),
  );
  return files
    .filter((path) => path !== `${room}index.ts` && !imported.has(path))
    .map((path) => `${path} is not in ${room}index.ts`);
}
