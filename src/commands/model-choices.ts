import type { Catalogue } from '../domain/actions.ts';
import { platforms } from '../domain/song.ts';
import { en } from '../services/text/en.ts';

/** Both engines' models in one list: Discord's choices can't depend on another option (and hold 25 at most). */
export function modelChoices(catalogue: Catalogue): { name: string; value: string }[] {
  return platforms
    .flatMap((platform) =>
      (catalogue[`${platform}/MUSIC`]?.models ?? []).map((model) => ({
        name: `${model} (${en.engineName(platform)})`,
        value: model,
      })),
    )
    .slice(0, 25);
}
