import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { transformWithOxc } from 'vite';

export interface ServedFile {
  type: string;
  body: Buffer | string;
}

const here = new URL('page/', import.meta.url).pathname;
const require = createRequire(import.meta.url);

/** What the page imports by name, from its packages as they are. */
const libraries: Record<string, string> = {
  preact: 'preact/dist/preact.mjs',
  'preact/hooks': 'preact/hooks/dist/hooks.mjs',
  'preact/jsx-runtime': 'preact/jsx-runtime/dist/jsxRuntime.mjs',
};

/** So that nothing people write shows as a blank box: only the slices that a text needs are fetched. */
const fonts = ['', '-arabic', '-hebrew', '-thai', '-jp', '-kr', '-sc'].map(
  (script) => `@fontsource-variable/noto-sans${script}`,
);
const emojiFont = 'twemoji-colr-font';

const importMap = JSON.stringify({
  imports: Object.fromEntries(Object.keys(libraries).map((name) => [name, `/library/${name}.mjs`])),
});

/** For the Content-Security-Policy: the one piece of script that stands in the page itself. */
export const importMapHash = `sha256-${createHash('sha256').update(importMap).digest('base64')}`;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.mjs': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.tsx': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** The file behind an address of the page's own; undefined where there is none. */
export async function pageFile(path: string): Promise<ServedFile | undefined> {
  const file = placeOf(path);
  const type = types[extname(file ?? '')];
  if (file === undefined || type === undefined) return undefined;
  try {
    if (file.endsWith('index.html'))
      return { type, body: (await readFile(file, 'utf8')).replace(/\s*IMPORT_MAP\s*/, importMap) };
    if (!/\.tsx?$/.test(file)) return { type, body: await readFile(file) };
    // The page is TypeScript as it is: types are cut out here, in about a millisecond a file.
    const { code } = await transformWithOxc(await readFile(file, 'utf8'), file, {
      sourcemap: false,
      jsx: { runtime: 'automatic', importSource: 'preact' },
    });
    return { type, body: code };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function placeOf(path: string): string | undefined {
  if (path === '/') return join(here, 'index.html');
  const [, room = '', ...rest] = normalize(path).split('/');
  const name = rest.join('/');
  if (room === 'page' && /^[\w-]+(\/[\w-]+)*\.(tsx?|css|svg)$/.test(name)) return join(here, name);
  if (room === 'library') {
    const library = libraries[name.replace(/\.mjs$/, '')];
    return library === undefined ? undefined : packageFile(library);
  }
  if (room !== 'fonts') return undefined;
  const font = [...fonts, emojiFont].find((one) => name.startsWith(`${one}/`));
  const inside = /^(index\.css|twemoji\.(css|woff2)|files\/[\w-]+\.woff2)$/;
  return font !== undefined && inside.test(name.slice(font.length + 1)) ? packageFile(name) : undefined;
}

/** Not by the package's exports: those list only what a bundler wants. */
function packageFile(file: string): string {
  const [first = '', second = ''] = file.split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  return join(require.resolve(`${name}/package.json`), '..', file.slice(name.length + 1));
}
