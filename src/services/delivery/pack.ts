/**
 * Makes a parcel of the goods that one message takes: a few files, none larger than its limit, all together no larger
 * than a request may be. What is too large comes in a smaller format where this machine can make one, many files come
 * as zips, and what is left is linked.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Job } from '../../domain/job-record.ts';
import { discordLimits } from '../../domain/limits.ts';
import { evenShare, type UploadRoom } from '../../domain/upload-room.ts';
import type { AudioFile } from '../audio/probe.ts';
import type { Words } from '../text/en.ts';
import { zipFiles } from '../zip-files.ts';
import { isAudio, type Delivered, type Goods, type GoodsFile, type Item, type Parcel } from './goods.ts';
import { linkLines } from './link-lines.ts';
import type { Upload } from './roads.ts';

export interface PackOptions {
  /** Where a job's files lie while its card is being delivered. */
  folder: string;
  words: Words;
  /** What the zips are called. */
  title: string;
  /** The same sound in no more bytes than this; undefined where this machine can't. */
  makeSmaller: (
    file: AudioFile,
    maxBytes: number,
    about: { title: string; jobId: string },
  ) => Promise<AudioFile | undefined>;
}

/** Headers and names. */
const zipEntryBytes = 1024;
/** Of the card's 4096 characters, the rest being for what it says. */
const mostLinkText = 2_000;

/** Writes what it makes into a folder of the job's, anew each time. Throws where the disk is the trouble. */
export async function pack(
  job: Job,
  goods: Goods,
  room: UploadRoom,
  options: PackOptions,
  signal: AbortSignal,
): Promise<Parcel> {
  const folder = join(options.folder, job.id, 'parcel');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });

  const sizes = goods.items.flatMap(({ file }) => file?.bytes ?? []);
  const share = evenShare(sizes, room);
  const sized: Delivered[] = [];
  for (const item of goods.items) sized.push(await fit(job, item, share, options));
  const { items, left } = load(sized, room);
  const picture = goods.picture !== undefined && goods.picture.bytes <= left ? goods.picture : undefined;

  // A place is kept for the list of links.
  const places = discordLimits.attachments - (picture === undefined ? 0 : 1) - 1;
  const here = items.filter(isHere);
  // As long as they are few they can be played where they are.
  const zipped = here.length <= places ? [] : await zip(job, here, folder, room.file, options.title, signal);
  const inZips = new Set(zipped.flatMap(({ holds }) => holds));
  const plain = here
    .filter((item) => !inZips.has(item))
    .map((item) => ({ upload: uploadOf(item), holds: [item], isZip: false }));
  const sent = [...zipped, ...plain].slice(0, places);
  const arrives = new Set(sent.flatMap(({ holds }) => holds));
  const delivered = items.map((item) => (isHere(item) && !arrives.has(item) ? tooLarge(item) : item));

  const uploads = sent.map(({ upload }) => upload);
  const isLong = linkLines(delivered, options.words).join('\n').length > mostLinkText;
  const links = isLong ? await linkList(delivered, join(folder, 'links.txt')) : undefined;
  const linksInFile = links !== undefined && links.bytes <= room.file;
  if (linksInFile) uploads.push(links);
  if (picture !== undefined) uploads.push({ ...picture, mime: 'image/*', description: '' });
  const zips = sent.filter(({ isZip }) => isZip).length;
  return { items: delivered, uploads, spoiled: goods.spoiled, picture, zips, linksInFile };
}

/** In their order, as long as there is room; each takes a little more of it in a zip. */
function load(items: readonly Delivered[], room: UploadRoom): { items: Delivered[]; left: number } {
  let left = room.all;
  const loaded = items.map((item) => {
    if (!isHere(item)) return item;
    const bytes = item.file.bytes + zipEntryBytes;
    if (item.file.bytes > room.file || bytes > left) return tooLarge(item);
    left -= bytes;
    return item;
  });
  return { items: loaded, left: Math.min(left, room.file) };
}

/** The file as it was, which is what is linked. */
function tooLarge(item: Delivered): Delivered {
  return { ...item, road: 'too-large' };
}

type Here = Delivered & { file: GoodsFile };

function isHere(item: Delivered): item is Here {
  return item.file !== null && (item.road === 'attached' || item.road === 'smaller');
}

async function fit(job: Job, item: Item, share: number, { makeSmaller }: PackOptions): Promise<Delivered> {
  const { file, fileName } = item;
  if (file === null) return { ...item, road: 'unfetched' };
  const smaller =
    file.bytes > share && isAudio(file)
      ? await makeSmaller(file, share, { title: item.name, jobId: job.id })
      : undefined;
  if (smaller === undefined) return { ...item, road: 'attached' };
  const renamed = fileName.replace(/\.[a-z0-9]+$/, `.${smaller.extension}`);
  return { ...item, file: smaller, fileName: renamed, road: 'smaller' };
}

function uploadOf({ file, fileName, name }: Here): Upload {
  return { path: file.path, fileName, mime: file.mime, description: name, bytes: file.bytes };
}

/** An upload, and the items in it. */
interface Packed {
  upload: Upload;
  holds: readonly Here[];
  isZip: boolean;
}

async function zip(
  job: Job,
  items: readonly Here[],
  folder: string,
  maxBytes: number,
  title: string,
  signal: AbortSignal,
): Promise<Packed[]> {
  const byPath = new Map(items.map((item) => [item.file.path, item]));
  const entries = items.map(({ file, fileName }) => {
    const { name, ext } = parse(fileName);
    return { path: file.path, name, extension: ext.slice(1) };
  });
  const madeAt = new Date(job.finishedAt ?? job.createdAt);
  const { zips } = await zipFiles(entries, { folder, name: title, maxBytes, madeAt }, signal);
  return zips.map(({ path, fileName, bytes, entries: inside }) => {
    const holds = inside.flatMap((entry) => byPath.get(entry.path) ?? []);
    const description = holds.map(({ name }) => name).join(', ');
    return { upload: { path, fileName, mime: 'application/zip', description, bytes }, holds, isZip: true };
  });
}

async function linkList(items: readonly Delivered[], path: string): Promise<Upload> {
  const linked = items.filter(({ road, url }) => road !== 'attached' && url !== null);
  const text = linked.map(({ name, url }) => `${name}\n${url}\n`).join('\n');
  await writeFile(path, text, { mode: 0o600 });
  return { path, fileName: 'links.txt', mime: 'text/plain', description: '', bytes: Buffer.byteLength(text) };
}
