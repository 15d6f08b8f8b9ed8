import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { Rig } from '../../playground/rig.ts';

/** Another program's connection that keeps the bot from writing (readers are let through) until it lets go. */
export function lockDatabase(rig: Pick<Rig, 'environment'>): () => void {
  const file = join(rig.environment['DATA_DIR'] ?? '', 'minstrel.sqlite');
  const other = new DatabaseSync(file, { timeout: 5_000 });
  const letGo = (): void => {
    if (!other.isOpen) return;
    other.exec('rollback');
    other.close();
  };
  onTestFinished(letGo);
  other.exec('begin immediate');
  return letGo;
}
