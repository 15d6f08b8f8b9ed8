/** The list of buttons: a name in domain/custom-id.ts without its button doesn't compile. */
import type { ButtonName } from '../domain/custom-id.ts';
import { again } from './again.ts';
import type { Button } from './button.ts';
import { cancel } from './cancel.ts';
import { confirm } from './confirm.ts';
import { deleteCard } from './delete.ts';
import { lyrics } from './lyrics.ts';

export type ButtonNeeds = Parameters<typeof again>[0] & Parameters<typeof cancel>[0];

export function createButtons(needs: ButtonNeeds): Record<ButtonName, Button> {
  return {
    again: again(needs),
    lyrics: lyrics(needs),
    delete: deleteCard(needs),
    cancel: cancel(needs),
    confirm: confirm(needs, 'public'),
    'confirm-private': confirm(needs, 'private'),
  };
}
