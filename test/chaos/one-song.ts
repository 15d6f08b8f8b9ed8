import type { ComposedSong } from '../../playground/song-api/composer/composed-song.ts';
import { Composer } from '../../playground/song-api/composer/composer.ts';
import { wordsOf, type Piece } from '../../playground/song-api/composer/piece.ts';

/**
 * A composer that composes once: every song is the same two seconds of music, with the words that it was asked for
 * written over some of its sound. So hundreds of songs cost nothing, and each can be told from the others, also when
 * its container was written anew.
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

  /** For members to bring along. */
  get unmarked(): Buffer {
    return Buffer.from(this.#composed.audio);
  }

  override async prepare(): Promise<void> {}

  override async song(piece: Piece): Promise<ComposedSong> {
    const audio = Buffer.from(this.#composed.audio);
    // ISO 14496-12, 8.1.1: the media data box holds the sound; its middle is far from every box's head.
    const sound = audio.indexOf('mdat') + 4;
    const size = audio.readUInt32BE(sound - 8);
    audio.write(wordsOf(piece), sound + Math.floor(size / 2));
    return { ...this.#composed, audio };
  }
}
