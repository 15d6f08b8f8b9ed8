import { z } from 'zod';
import type { ActRequest, Trick } from './news.ts';

const id = z.string().max(40);
const text = z.string().max(10_000);
const named = z.union([
  z.strictObject({ user: id }),
  z.strictObject({ role: id }),
  z.strictObject({ channel: id }),
  z.strictObject({ file: id }),
]);
const options = z.record(z.string(), z.union([text, z.number(), z.boolean(), named]));

/** What a page may ask for; anybody on this machine can send anything. */
export const actSchema: z.ZodType<ActRequest> = z.object({
  userId: id,
  channelId: id,
  act: z.discriminatedUnion('is', [
    z.object({ is: z.literal('runs'), line: text, options }),
    z.object({ is: z.literal('types'), line: text, option: text, text, options }),
    z.object({ is: z.literal('presses'), messageId: id, customId: text }),
    z.object({
      is: z.literal('picks'),
      messageId: id,
      customId: text,
      values: z.array(z.union([text, named])).max(25),
    }),
    z.object({
      is: z.literal('submits'),
      values: z.record(
        z.string(),
        z.union([text, z.boolean(), z.array(text).max(25), z.array(named).max(25)]),
      ),
    }),
    z.object({ is: z.literal('uses'), menu: text, messageId: id }),
    z.object({ is: z.literal('says'), text, files: z.array(id).max(10) }),
    z.object({ is: z.literal('deletes'), messageId: id }),
  ]),
});

export const trickSchema: z.ZodType<Trick> = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('weather'),
    change: z.object({
      songApi: z.enum(['fine', 'down', 'busy', 'slow']).exactOptional(),
      tasksFail: z.boolean().exactOptional(),
      discordDown: z.boolean().exactOptional(),
      uploadLimitMb: z.number().min(0).max(100).exactOptional(),
    }),
  }),
  z.object({
    is: z.enum(['expire-tokens', 'drop-gateway', 'finish-songs', 'kill-bot', 'stop-bot', 'start-bot']),
  }),
]);
