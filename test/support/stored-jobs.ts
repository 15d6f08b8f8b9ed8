import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Rig } from '../../playground/rig.ts';

export interface StoredJob {
  id: string;
  state: string;
  delivery: string;
  deliveryAttempts: number;
  messageId: string | null;
  price: number;
  hold: string;
  /** In the song API's units. */
  charge: number | null;
}

/** What the bot has written down, oldest first; read beside it, in a connection of its own. */
export function storedJobs(rig: Pick<Rig, 'environment'>): StoredJob[] {
  const database = new DatabaseSync(join(rig.environment['DATA_DIR'] ?? '', 'minstrel.sqlite'), {
    timeout: 5_000,
  });
  try {
    return database
      .prepare(
        `select id, state, delivery, delivery_attempts as deliveryAttempts, message_id as messageId,
                price, hold, charge
         from job order by created_at`,
      )
      .all() as unknown as StoredJob[];
  } finally {
    database.close();
  }
}
