import type { Rig } from '../../playground/rig.ts';
import { gatewaySessionSchema, type GatewaySession } from '../../src/events/gateway-sessions.ts';
import { openStorage } from '../../src/services/storage/database.ts';

const key = '0/1';
const ignore = (): void => undefined;

/** Waits until the one shard's session is written down. */
export async function storedSession(rig: Rig): Promise<GatewaySession> {
  const storage = await open(rig);
  const kv = storage.kv('gateway-sessions', gatewaySessionSchema);
  const stored = await rig.discord.until('a stored session', () => kv.get(key));
  await storage.close();
  return stored;
}

/** Lays something else where the session was. */
export async function storeInstead(rig: Rig, value: string): Promise<void> {
  const storage = await open(rig);
  const { numUpdatedRows } = await storage.db
    .updateTable('kv')
    .where('namespace', '=', 'gateway-sessions')
    .where('key', '=', key)
    .set({ value })
    .executeTakeFirstOrThrow();
  await storage.close();
  if (numUpdatedRows !== 1n) throw new Error('there is no stored session');
}

/** As `storeInstead`, in the form that the key-value store gives to what it can read. */
export function storeSession(rig: Rig, session: GatewaySession): Promise<void> {
  return storeInstead(rig, JSON.stringify({ value: session }));
}

function open(rig: Rig) {
  const dataDir = rig.environment['DATA_DIR'] ?? '';
  const options = { now: Date.now, onCorrupt: ignore, onError: ignore };
  return openStorage({ ...options, databaseUrl: undefined, dataDir });
}
