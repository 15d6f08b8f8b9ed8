import { en, type Words } from './en.ts';

/** The words for one of Discord's locales ("de", "pt-BR"). English is all there is so far. */
export function wordsFor(_locale: string): Words {
  return en;
}
