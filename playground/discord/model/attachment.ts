import type { APIAttachment } from 'discord-api-types/v10';

export interface AttachmentFacts {
  id: string;
  filename: string;
  bytes: Buffer;
  contentType?: string | undefined;
  description?: string | undefined;
  /** Of voice messages. */
  durationSecs?: number | undefined;
  waveform?: string | undefined;
  ephemeral?: boolean | undefined;
}

/** A file at the CDN. Its link is signed anew each time that it is read, as Discord does. */
export class Attachment {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
  readonly content_type: string | undefined;
  readonly #facts: AttachmentFacts;
  readonly #sign: () => string;

  constructor(facts: AttachmentFacts, sign: () => string) {
    this.id = facts.id;
    this.filename = facts.filename;
    this.size = facts.bytes.length;
    this.content_type = facts.contentType;
    this.#facts = facts;
    this.#sign = sign;
  }

  get url(): string {
    return this.#sign();
  }

  get description(): string | undefined {
    return this.#facts.description;
  }

  describe(description: string | undefined): void {
    this.#facts.description = description;
  }

  bytes(): Buffer {
    return this.#facts.bytes;
  }

  wire(): APIAttachment {
    const { description, durationSecs, waveform, ephemeral } = this.#facts;
    const url = this.url;
    return {
      id: this.id,
      filename: this.filename,
      size: this.size,
      url,
      proxy_url: url,
      ...(this.content_type === undefined ? {} : { content_type: this.content_type }),
      ...(description === undefined ? {} : { description }),
      ...(durationSecs === undefined ? {} : { duration_secs: durationSecs }),
      ...(waveform === undefined ? {} : { waveform }),
      ...(ephemeral === true ? { ephemeral } : {}),
    };
  }
}
