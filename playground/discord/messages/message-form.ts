import type { APIEmbed } from 'discord-api-types/v10';
import type { LooseComponent } from './component-tree.ts';

/** A file part of a multipart request. */
export interface UploadedFile {
  /** The n of `files[n]`. */
  key: string;
  name: string;
  contentType: string;
  bytes: Buffer;
}

/** A message in a request, after its schema has accepted it. */
export interface MessageForm {
  content?: string | null;
  embeds?: APIEmbed[] | null;
  components?: LooseComponent[] | null;
  attachments?: AttachmentForm[] | null;
  flags?: number | null;
  allowed_mentions?: MentionsForm | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  message_reference?: { message_id: string; channel_id?: string; fail_if_not_exists?: boolean } | null;
  poll?: unknown;
}

interface AttachmentForm {
  id: string | number;
  filename?: string | null;
  description?: string | null;
  duration_secs?: number | null;
  waveform?: string | null;
}

interface MentionsForm {
  parse?: string[] | null;
  users?: string[] | null;
  roles?: string[] | null;
  replied_user?: boolean | null;
}
