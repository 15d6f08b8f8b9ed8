import type { MessageForm, UploadedFile } from './message-form.ts';
import { refusals } from '../rest/refused.ts';
import { isAbsent } from '../rest/is-absent.ts';

// https://discord.com/developers/docs/resources/message#voice-messages
const MAX_POINTS = 256;
const POINTS_PER_SECOND = 10;

/** A voice message is one audio file with its length and its waveform, and nothing else. */
export function checkVoice(form: MessageForm, files: UploadedFile[]): void {
  const others = [form.embeds ?? [], form.components ?? []];
  const isAlone = (form.content ?? '') === '' && isAbsent(form.poll) && others.every(isEmpty);
  if (!isAlone) throw refusals.voiceWithMore();
  const [file] = files;
  const [row] = form.attachments ?? [];
  if (files.length !== 1 || file?.contentType.startsWith('audio/') !== true)
    throw refusals.voiceNotOneAudio();
  if (isAbsent(row?.duration_secs) || isAbsent(row.waveform)) throw refusals.voiceWithoutMetadata();
  const points = Buffer.from(row.waveform, 'base64').length;
  const isShaped = row.duration_secs > 0 && points > 0 && points <= mostPoints(row.duration_secs);
  if (!isShaped) throw refusals.voiceWithoutMetadata();
}

/** One point for 100 ms at most. */
function mostPoints(seconds: number): number {
  return Math.min(MAX_POINTS, Math.ceil(seconds * POINTS_PER_SECOND));
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}
