import type { MessageCommand } from './command.ts';
import { audioOf, houseEngine, messageCommand, type MessageDeedNeeds } from './this-audio.ts';

export function splitThis(needs: MessageDeedNeeds): MessageCommand {
  return messageCommand('Split into stems', async (visit, message) => {
    const audio = await audioOf(needs, visit, message);
    const subject = 'track' in audio ? audio : { ...audio, platform: houseEngine(needs, visit) };
    return needs.deedDesk.plan(visit, 'stems', subject, {});
  });
}
