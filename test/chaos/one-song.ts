import type { ComposedSong } from '../../playground/song-api/composer/composed-song.ts';
import { Composer } from '../../playground/song-api/composer/composer.ts';
import { wordsOf, type Piece } from '../../playground/song-api/composer/piece.ts';

/**
 * A composer that composes once: every song is the same two seconds of music, and carries the words that it was asked
 * for in a box that players skip. So hundreds of songs cost nothing, and each can be told from the others.
 */
export class OneSong extends Composer {
  readonly #composed: ComposedSong;

  private constructor(composed: ComposedSong) {
    super();
    this.#composed = composed;
  }

  static async compose(): Promise<OneSong> {
    const composer = new Composer();
    const request = {
      words: 'calm piano',
      title: 'One',
      lyrics: '',
      instrumental: true,
      seconds: 2,
      seed: 1,
    };
    const composed = await composer.song({ is: 'song', request }, request.title);
    await composer.stop();
    return new OneSong(composed);
  }

  override async prepare(): Promise<void> {}

  override async song(piece: Piece): Promise<ComposedSong> {
    const note = Buffer.from(wordsOf(piece));
    const head = Buffer.alloc(8);
    head.writeUInt32BE(head.length + note.length);
    // ISO 14496-12, 8.1.2: the contents of a free space box are irrelevant and may be ignored.
    head.write('free', 4);
    return { ...this.#composed, audio: Buffer.concat([this.#composed.audio, head, note]) };
  }
}
