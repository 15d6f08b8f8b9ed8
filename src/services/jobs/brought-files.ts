/** Files that a member has pointed at, kept while they fill in the form that says what is to be done with them. */
import { z } from 'zod';
import { newJobId } from '../../domain/ids.ts';
import { platforms, type Platform } from '../../domain/song.ts';
import type { StrictKv } from '../storage/strict-kv.ts';
import type { SentFile, Visit } from '../visit.ts';

export const broughtFileSchema = z.object({
  file: z.object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    bytes: z.number(),
    contentType: z.string(),
  }),
  platform: z.enum(platforms),
  userId: z.string(),
  guildId: z.string().nullable(),
});
type BroughtFile = z.infer<typeof broughtFileSchema>;

/** Discord's addresses of files last a day; nobody fills in a form for an hour. */
const waitsMs = 3_600_000;

export class BroughtFiles {
  readonly #kv: Pick<StrictKv<BroughtFile>, 'get' | 'set'>;

  constructor(kv: Pick<StrictKv<BroughtFile>, 'get' | 'set'>) {
    this.#kv = kv;
  }

  /** The id goes into the form. */
  async setAside({ userId, guildId }: Visit, file: SentFile, platform: Platform): Promise<string> {
    const id = newJobId();
    await this.#kv.set(id, { file: { ...file }, platform, userId, guildId }, waitsMs);
    return id;
  }

  /** Undefined for what is unknown, too old, another's or of another server. */
  async find(
    { userId, guildId }: Visit,
    id: string,
  ): Promise<{ file: SentFile; platform: Platform } | undefined> {
    const brought = await this.#kv.get(id);
    return brought?.userId === userId && brought.guildId === guildId ? brought : undefined;
  }
}
