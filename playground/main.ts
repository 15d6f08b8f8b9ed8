/**
 * Minstrel without keys: `npm run playground` starts both emulators and the real bot between them, and a page in
 * which people ask for songs. `--headless` makes one song in the terminal instead, and leaves its audio file behind.
 */
import { parseArgs } from 'node:util';
import { playInTerminal } from './terminal/play-in-terminal.ts';
import { showPage } from './web/show-page.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4747' },
    'no-open': { type: 'boolean', default: false },
    headless: { type: 'boolean', default: false },
    prompt: { type: 'string', default: 'a slow, dreamy piano waltz about the first snow' },
    out: { type: 'string', default: 'playground-out' },
    serve: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(
    [
      'npm run playground -- [options]',
      '  --port N       where the page is (4747; if that is taken, any free one)',
      '  --no-open      print the address only, also on a desktop',
      '',
      '  --headless     no page: make one song in the terminal',
      '  --prompt "…"   what it is about',
      '  --out DIR      where the audio file goes (playground-out)',
      '  --serve        keep everything running and print the addresses',
    ].join('\n'),
  );
} else if (values.headless) await playInTerminal(values);
else await showPage(Number(values.port), !values['no-open']);
