import type { Invocation } from '../../playground/discord/people/invocation.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import type { PlannedSong } from './plan.ts';

/** Told of the interaction that asks for the song, at once. */
type OnAsked = (invocation: Invocation) => void;

/** A member asks for a song in the planned way, or in the nearest one. `file`: to bring along, where it isn't too large. Resolves once that is done; whether it was heard is another matter. */
export async function ask(
  song: PlannedSong,
  member: Member,
  file: Buffer | undefined,
  onAsked: OnAsked,
): Promise<void> {
  const { marker, way, private: isPrivate, engine } = song;
  const prompt = `${marker} rain`;
  if (way === 'file' && file !== undefined) {
    const brought = { name: `${marker}hum.m4a`, bytes: file, contentType: 'audio/mp4' };
    return onAsked(member.fires('/cover', { file: brought, style: prompt, private: isPrivate, engine }));
  }
  if (way === 'form' && (await opensForm(member)))
    return onAsked(member.sends({ 'What it is about': prompt }));
  onAsked(member.fires('/song', { prompt, private: isPrivate, engine }));
}

/** False where there is no song yet whose words could be changed, and where nobody answers the press. */
async function opensForm(member: Member): Promise<boolean> {
  const button = 'Edit and retry';
  // A cover's form has other fields.
  const card = member
    .sees()
    .findLast(
      (shown) => !shown.text().includes('hum') && shown.buttons.some(({ label }) => label === button),
    );
  if (card === undefined) return false;
  try {
    await member.clicks(button, card);
    return member.modal !== undefined;
  } catch {
    return false;
  }
}
