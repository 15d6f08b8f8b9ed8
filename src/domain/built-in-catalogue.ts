import type { Catalogue } from './actions.ts';
import { producerActions } from './producer-actions.ts';
import { sunoActions } from './suno-actions.ts';

/** All 39 entries of the song API's menu: 14 of Producer, 25 of Suno. */
export const builtInCatalogue: Catalogue = { ...producerActions, ...sunoActions };
