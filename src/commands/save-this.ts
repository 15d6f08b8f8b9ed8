import type { MessageCommand } from './command.ts';
import { audioOf, houseEngine, messageCommand, type MessageDeedNeeds } from './this-audio.ts';

/** A song of ours becomes a favourite; anybody's audio is taken in and becomes a song of the library. */
export function saveThis(needs: MessageDeedNeeds): MessageCommand {
  return messageCommand('Save to my songs', async (visit, message) => {
    const audio = await audioOf(needs, visit, message);
    if ('track' in audio) return { answer: 'private', run: () => needs.keep(visit, audio.track) };
    return needs.deedDesk.planUpload(visit, audio.file, houseEngine(needs, visit), undefined, true);
  });
}
