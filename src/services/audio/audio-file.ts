export interface AudioFile {
  path: string;
  bytes: number;
  /** Without the dot; one that Discord plays inline. */
  extension: string;
  mime: string;
  seconds: number;
}

export class NotAudio extends Error {
  /** In a few words, without anything of the file in them. */
  readonly why: string;

  constructor(why: string, cause?: unknown) {
    super(`not a playable audio file: ${why}`, cause === undefined ? {} : { cause });
    this.name = 'NotAudio';
    this.why = why;
  }
}
