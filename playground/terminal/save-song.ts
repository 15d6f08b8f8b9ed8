import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmulatedMessage } from '../discord/model/message.ts';

/** Writes a finished card's audio into a folder (made when absent) and gives the files' paths. */
export async function saveSong(card: EmulatedMessage, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const audio = card.attachments.filter((file) => file.content_type?.startsWith('audio/'));
  const paths: string[] = [];
  for (const file of audio) {
    const path = join(folder, file.filename);
    await writeFile(path, file.bytes());
    paths.push(path);
  }
  return paths;
}
