import { readFileSync } from 'node:fs';
import { overrideCatalogue, type Catalogue } from './domain/actions.ts';
import { builtInCatalogue } from './domain/built-in-catalogue.ts';

/** The built-in rows under those of the override file, if there is one. Throws where the file can't be used. */
export function loadCatalogue(file: string | undefined): Catalogue {
  if (file === undefined) return builtInCatalogue;
  try {
    return overrideCatalogue(builtInCatalogue, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`SONG_API_CATALOGUE: ${file} can't be used`, { cause: error });
  }
}
