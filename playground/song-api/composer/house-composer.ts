import { Composer } from './composer.ts';

let composer: Composer | undefined;

/** The process's one composer: all emulators share its workers and its finished songs. */
export function houseComposer(): Composer {
  composer ??= new Composer();
  return composer;
}
