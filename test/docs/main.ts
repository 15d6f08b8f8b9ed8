/** `npm run docs:actions`: writes docs/actions.md from the catalogue. */
import { writeFileSync } from 'node:fs';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import { actionsPage } from './actions-page.ts';

writeFileSync(new URL('../../docs/actions.md', import.meta.url), actionsPage(builtInCatalogue));
