import { deedForm } from '../services/jobs/song-forms.ts';
import type { MessageCommand } from './command.ts';
import { audioOf, houseEngine, messageCommand, type MessageDeedNeeds } from './this-audio.ts';

/** A cover needs a style: it is asked for in a form, which leads on to the order. */
export function coverThis(needs: MessageDeedNeeds): MessageCommand {
  return messageCommand('Cover this audio', async (visit, message) => {
    const audio = await audioOf(needs, visit, message);
    const platform = 'track' in audio ? audio.track.platform : houseEngine(needs, visit);
    const subject =
      'track' in audio
        ? audio.track
        : {
            id: await needs.broughtFiles.setAside(visit, audio.file, platform),
            title: audio.file.name,
            style: null,
            lyrics: null,
          };
    const asks = needs.deedDesk.asks('cover', platform);
    return { answer: 'form', form: deedForm('cover', subject, asks, [], visit.words) };
  });
}
