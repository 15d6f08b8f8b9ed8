import type { Job } from '../../domain/job-record.ts';
import { discordLimits } from '../../domain/limits.ts';
import type { Result } from '../../domain/result.ts';
import { wordsFor } from '../text/words-for.ts';
import type { Offer } from './card-rows.ts';
import type { Delivered, Goods, Item } from './goods.ts';
import { resultCard } from './result-card.ts';
import type { Letter, Upload } from './roads.ts';

/**
 * A finished job as a letter: what is no larger than `limit` (Discord counts each file alone) is attached, as many as
 * there is room for.
 */
export function composeLetter(
  job: Job,
  result: Result,
  goods: Goods,
  limit: number,
  mention: string,
  offer: Offer,
): Letter {
  const cover = goods.cover !== undefined && goods.cover.bytes <= limit ? goods.cover : undefined;
  let room = discordLimits.attachments - (cover === undefined ? 0 : 1);
  const items = goods.items.map((item): Delivered => {
    const road =
      item.file === null ? 'unfetched' : item.file.bytes <= limit && room > 0 ? 'attached' : 'too-large';
    if (road === 'attached') room -= 1;
    return { ...item, road };
  });
  const card = resultCard(job, result, wordsFor(job.locale), items, cover?.fileName, offer);
  const picture: Upload[] = cover === undefined ? [] : [{ ...cover, mime: 'image/*', description: '' }];
  return { card, files: [...items.flatMap(uploadOf), ...picture], mention };
}

function uploadOf({ file, fileName, name, road }: Item & { road: Delivered['road'] }): Upload[] {
  if (file === null || road !== 'attached') return [];
  return [{ path: file.path, fileName, mime: file.mime, description: name, bytes: file.bytes }];
}
