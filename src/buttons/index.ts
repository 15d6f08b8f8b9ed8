/** The list of buttons and forms: a name in domain/custom-id.ts without its button doesn't compile. */
import type { ButtonName } from '../domain/custom-id.ts';
import { songDeedNames, type SongDeedName } from '../domain/deeds.ts';
import { again } from './again.ts';
import type { Button, FormHandler } from './button.ts';
import { cancel } from './cancel.ts';
import { confirm } from './confirm.ts';
import { deed, type DeedButtonNeeds } from './deed.ts';
import { deedForm, type DeedFormNeeds } from './deed-form.ts';
import { deleteCard } from './delete.ts';
import { edit, editedForm, type EditNeeds } from './edit.ts';
import { erase } from './erase.ts';
import { favourite, type FavouriteNeeds } from './favourite.ts';
import { lyrics } from './lyrics.ts';
import { more } from './more.ts';
import { remove, type RemoveNeeds } from './remove.ts';
import { show, type ShowNeeds } from './show.ts';
import { sing, sungForm } from './sing.ts';
import { versions, type VersionsNeeds } from './versions.ts';

export { turnPage, type TurnPage } from './turn-page.ts';

export type ButtonNeeds = DeedButtonNeeds &
  FavouriteNeeds &
  DeedFormNeeds &
  EditNeeds &
  ShowNeeds &
  RemoveNeeds &
  VersionsNeeds &
  Parameters<typeof cancel>[0] &
  Parameters<typeof erase>[0];

export function createButtons(needs: ButtonNeeds): Record<ButtonName, Button> {
  return {
    ...forEachDeed((name) => deed(needs, name)),
    again: again(needs),
    lyrics: lyrics(needs),
    delete: deleteCard(needs),
    cancel: cancel(needs),
    confirm: confirm(needs, 'public'),
    'confirm-private': confirm(needs, 'private'),
    favourite: favourite(needs),
    more: more(needs),
    edit: edit(needs),
    sing: sing(needs),
    use: sing(needs),
    erase: erase(needs),
    show: show(needs),
    versions: versions(needs),
    remove: remove(needs),
  };
}

/** By the name that their form's custom id carries. */
export function createForms(needs: ButtonNeeds): Partial<Record<ButtonName, FormHandler>> {
  return {
    ...forEachDeed((name) => deedForm(needs, name)),
    edit: editedForm(needs),
    sing: sungForm(needs),
  };
}

function forEachDeed<T>(make: (name: SongDeedName) => T): Record<SongDeedName, T> {
  return Object.fromEntries(songDeedNames.map((name) => [name, make(name)])) as Record<SongDeedName, T>;
}
