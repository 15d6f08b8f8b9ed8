/** Writes a song anew with other tags, packet by packet as it was. Runs in the process for strangers' files. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type {
  AttachedImage,
  InputAudioTrack,
  MetadataTags,
  OutputFormat,
  StreamTargetChunk,
  Target,
} from 'mediabunny';
import { NotAudio, type AudioFile } from './audio-file.ts';
import { beginningOf, beginnings } from './beginnings.ts';
import { mediabunny } from './mediabunny.ts';
import { readAudio } from './read-audio.ts';
import { metadataFor, type SongTags } from './song-tags.ts';

const {
  ALL_FORMATS,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  FilePathSource,
  FlacOutputFormat,
  Input,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  StreamTarget,
  WavOutputFormat,
} = mediabunny;

/** Endings of `AudioFile` that can be written. */
const formats: Record<string, () => OutputFormat> = {
  // The index in front lets a player begin before the end has come. Until then the song is kept in memory.
  m4a: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  // RIFF's own tags know neither pictures nor letters beyond Latin-1.
  wav: () => new WavOutputFormat({ metadataFormat: 'id3' }),
  ogg: () => new OggOutputFormat(),
  flac: () => new FlacOutputFormat(),
};
/** In memory an m4a takes about five times its size; 32 MB are twenty minutes. */
const mostM4aBytes = 32 * 1024 * 1024;
/** mediabunny spreads a picture into an array of numbers, eight bytes each and more. */
const mostCoverBytes = 2 * 1024 * 1024;

/**
 * Writes `from` to `to` in the container that `extension` names, as far as its codec can stand in it. Throws
 * `NotAudio` when it can't be done or when the sound of both is not the same to the last byte.
 */
export async function writeTags(
  from: string,
  to: string,
  extension: string,
  tags: SongTags,
): Promise<AudioFile> {
  const metadata = metadataFor(extension, tags, await readCover(tags.coverPath));
  const input = new Input({ source: new FilePathSource(from), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new NotAudio('no audio track');
    if (extension === 'mp3') await writeMp3(from, track, to, metadata);
    else await writeContainer(from, track, to, extension, metadata);
    const written = await readAudio(to);
    const longer = Math.abs(written.seconds - (await track.computeDuration()));
    if (written.extension !== extension || longer > 0.05) throw new NotAudio('another song after writing');
    return written;
  } finally {
    input.dispose();
  }
}

async function writeContainer(
  from: string,
  track: InputAudioTrack,
  to: string,
  extension: string,
  metadata: MetadataTags,
): Promise<void> {
  const format = formats[extension]?.();
  if (format === undefined) throw new NotAudio('no tags in this container');
  // mediabunny 1.61 leaves out the last bit of Vorbis' comment header, and libvorbis then refuses the file.
  if ((await track.getCodec()) === 'vorbis') throw new NotAudio('no tags in this container');
  if (extension === 'm4a' && (await stat(from)).size > mostM4aBytes) throw new NotAudio('too large for tags');
  // Opened here and not by the library, which leaves it open when something fails.
  const file = await open(to, 'w');
  const write = async ({ data, position }: StreamTargetChunk): Promise<void> => {
    await file.write(data, 0, data.length, position);
  };
  const target = new StreamTarget(new WritableStream({ write }), { chunked: true });
  let sound;
  try {
    sound = await writePackets(track, format, target, metadata);
  } finally {
    await file.close();
  }
  if (sound !== (await soundOf(to))) throw new NotAudio('another sound after writing');
}

/** Gives a fingerprint of all that was written. */
async function writePackets(
  track: InputAudioTrack,
  format: OutputFormat,
  target: Target,
  metadata: MetadataTags,
  mostPackets = Number.POSITIVE_INFINITY,
): Promise<string> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
  if (codec === null || decoderConfig === null) throw new NotAudio('an unknown codec');
  const output = new Output({ format, target });
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  output.setMetadataTags(metadata);
  const sound = createHash('sha256');
  try {
    await output.start();
    let packets = 0;
    for await (const packet of new EncodedPacketSink(track).packets()) {
      await source.add(packet, { decoderConfig });
      sound.update(withoutAdtsHead(packet.data));
      packets += 1;
      if (packets === mostPackets) break;
    }
    source.close();
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  return sound.digest('hex');
}

async function soundOf(path: string): Promise<string> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new NotAudio('no audio track');
    const sound = createHash('sha256');
    for await (const packet of new EncodedPacketSink(track).packets())
      sound.update(withoutAdtsHead(packet.data));
    return sound.digest('hex');
  } finally {
    input.dispose();
  }
}

/** Bare AAC has a head before each packet, which ends with the first container (ISO 13818-7, 6.2). */
function withoutAdtsHead(data: Uint8Array): Uint8Array {
  const [first = 0, second = 0] = data;
  if (first !== 0xff || (second & 0xf6) !== 0xf0) return data;
  return data.subarray((second & 1) === 1 ? 7 : 9);
}

/**
 * An MP3 is its tag and then the frames: only the tag is replaced. Written packet by packet it would lose the first
 * frame, which tells players how much silence the encoder has added.
 */
async function writeMp3(
  from: string,
  track: InputAudioTrack,
  to: string,
  metadata: MetadataTags,
): Promise<void> {
  const target = new BufferTarget();
  await writePackets(track, new Mp3OutputFormat({ xingHeader: false }), target, metadata, 1);
  const head = Buffer.from(target.buffer ?? new ArrayBuffer());
  await writeFile(to, head.subarray(0, id3Length(head)));
  await pipeline(
    createReadStream(from, { start: await firstFrame(from) }),
    createWriteStream(to, { flags: 'a' }),
  );
}

/** Where the ID3v2 tags at the head of a file end. There may be several. */
async function firstFrame(path: string): Promise<number> {
  const file = await open(path);
  try {
    for (let at = 0; ;) {
      const { buffer } = await file.read(Buffer.alloc(10), 0, 10, at);
      const length = id3Length(buffer);
      if (length === 0) return at;
      at += length;
    }
  } finally {
    await file.close();
  }
}

/** id3.org, ID3v2.4 section 3.1: ten bytes of head with a length of four times seven bits, and perhaps a foot. */
function id3Length(head: Buffer): number {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = [...head.subarray(6, 10)].reduce((sum, byte) => sum * 128 + (byte & 127), 0);
  const foot = ((head[5] ?? 0) & 16) === 0 ? 0 : 10;
  return 10 + size + foot;
}

/** A picture that can't be used is left out. */
async function readCover(path: string | undefined): Promise<AttachedImage | undefined> {
  if (path === undefined) return undefined;
  try {
    if ((await stat(path)).size > mostCoverBytes) return undefined;
    const [, mimeType] = (await beginningOf(path, beginnings.picture)) ?? [];
    if (mimeType !== 'image/jpeg' && mimeType !== 'image/png') return undefined;
    return { data: await readFile(path), mimeType, kind: 'coverFront' };
  } catch {
    return undefined;
  }
}
