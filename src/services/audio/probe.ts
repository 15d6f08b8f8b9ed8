/** Looks at strangers' files from a distance: the parsing happens in a thread with limits (probe-worker.ts). */
import { Worker } from 'node:worker_threads';
import { fileTypeFromFile } from 'file-type';
import { z } from 'zod';
import { NotAudio, type AudioFile } from './read-audio.ts';

export { NotAudio, type AudioFile } from './read-audio.ts';

/** A song's tables are read in well under a second; what takes longer is built to take long. */
const deadlineMs = 10_000;
const memoryMb = 128;

const answerSchema = z.union([
  z.object({
    audio: z.object({
      path: z.string(),
      bytes: z.number(),
      extension: z.string(),
      mime: z.string(),
      seconds: z.number().positive(),
    }),
  }),
  z.object({ why: z.string() }),
]);

/** Throws `NotAudio` for anything that is not a whole audio file, and for what can't be read within the limits. */
export async function probeAudio(path: string): Promise<AudioFile> {
  const worker = new Worker(new URL('probe-worker.ts', import.meta.url), {
    workerData: path,
    // mediabunny warns about strange files on the console: that is no place for a stranger's words.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
  });
  try {
    const answer = answerSchema.parse(await firstMessage(worker));
    if ('why' in answer) throw new NotAudio(answer.why);
    return answer.audio;
  } finally {
    await worker.terminate();
  }
}

function firstMessage(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new NotAudio('took too long to read')), deadlineMs);
    const end = (error: Error): void => {
      clearTimeout(deadline);
      reject(error);
    };
    worker.once('message', (message) => {
      clearTimeout(deadline);
      resolve(message);
    });
    worker.once('error', (error) => end(new NotAudio('could not be read within the limits', error)));
    worker.once('exit', () => end(new NotAudio('could not be read')));
  });
}

/** The ending for a picture that Discord shows inside an embed; undefined for anything else. */
export async function probePicture(path: string): Promise<string | undefined> {
  const type = await fileTypeFromFile(path);
  return type !== undefined && ['jpg', 'png', 'webp', 'gif'].includes(type.ext) ? type.ext : undefined;
}
