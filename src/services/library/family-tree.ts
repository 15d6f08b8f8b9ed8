/** The versions of a song: who made what from what, as far as the visitor may see. */
import type { Catalogue } from '../../domain/actions.ts';
import { discordLimits, shorten } from '../../domain/limits.ts';
import type { Track } from '../../domain/track.ts';
import type { Logger } from '../logger.ts';
import { versionTreeText } from '../pictures/version-tree-text.ts';
import type { TreeWords, Version } from '../pictures/version-tree.ts';
import type { TrackTable } from '../storage/track-table.ts';
import type { View, Visit } from '../visit.ts';

export interface FamilyTreeOptions {
  tracks: Pick<TrackTable, 'findAll' | 'ofJob' | 'madeFrom'>;
  catalogue: Catalogue;
  /** How members of a server are called. */
  namesIn: (guildId: string) => Promise<ReadonlyMap<string, string>>;
  draw: (versions: readonly Version[], words: TreeWords) => Promise<Buffer>;
  log: Logger;
}

/** Generations that are followed up and down, and versions in all. */
const most = { generations: 50, versions: 200 };
const fence = '```';

export class FamilyTree {
  readonly #options: FamilyTreeOptions;

  constructor(options: FamilyTreeOptions) {
    this.#options = options;
  }

  async view(visit: Visit, track: Track): Promise<View> {
    const { draw, log } = this.#options;
    const { versions: words, card } = visit.words;
    const title = words.title(track.title === '' ? card.untitled : track.title);
    const family = await this.#familyOf(visit, track);
    if (family.length === 1)
      return { embeds: [{ title: shorten(title, discordLimits.embedTitle), description: words.only }] };
    const versions = await this.#versionsOf(visit, family, track);
    const treeWords = { ...words, untitled: card.untitled };
    const room = discordLimits.embedDescription - 2 * fence.length - 2;
    const text = versionTreeText(versions, treeWords, room);
    const picture = await draw(versions, treeWords).catch((error: unknown) => {
      log.warn({ err: error }, 'a version tree could not be drawn');
      return undefined;
    });
    return {
      embeds: [
        {
          title: shorten(title, discordLimits.embedTitle),
          description: `${fence}\n${text}\n${fence}`,
          ...(picture === undefined ? {} : { image: { url: 'attachment://versions.png' } }),
        },
      ],
      files: picture === undefined ? [] : [{ name: 'versions.png', bytes: picture }],
    };
  }

  /** The oldest ancestor with everything that came of it, oldest first in each generation. */
  async #familyOf(visit: Visit, track: Track): Promise<Track[]> {
    const { tracks } = this.#options;
    const root = await this.#rootOf(visit, track);
    const family = new Map<string, Track>();
    let generation = await tracks.ofJob(root.jobId, visit);
    for (let n = 0; n < most.generations && generation.length > 0 && family.size < most.versions; n += 1) {
      for (const one of generation) family.set(one.id, one);
      const ids = generation.map(({ id }) => id);
      const children = await tracks.madeFrom(ids, visit, most.versions);
      generation = children.filter(({ id }) => !family.has(id));
    }
    // In a family that is too large the one that was asked for is there all the same.
    family.set(track.id, track);
    return [...family.values()];
  }

  /** Along the first of its parents that may be seen. Rows may say anything, also circles. */
  async #rootOf(visit: Visit, track: Track): Promise<Track> {
    const seen = new Set([track.id]);
    let root = track;
    for (let n = 0; n < most.generations; n += 1) {
      const [parent] = await this.#options.tracks.findAll(root.parents, visit);
      if (parent === undefined || seen.has(parent.id)) break;
      seen.add(parent.id);
      root = parent;
    }
    return root;
  }

  async #versionsOf(visit: Visit, family: readonly Track[], here: Track): Promise<Version[]> {
    const { catalogue, namesIn } = this.#options;
    const names = visit.guildId === null ? new Map<string, string>() : await namesIn(visit.guildId);
    const known = new Set(family.map(({ id }) => id));
    const { deeds, card, versions } = visit.words;
    return family.map((track) => {
      const name = track.title === '' ? card.untitled : track.title;
      const own = track.userId === visit.userId ? visit.userName : '';
      return {
        id: track.id,
        parentId: track.parents.find((id) => known.has(id)) ?? null,
        title: track.take > 1 ? `${name} (${card.take(track.take)})` : name,
        what: deeds[catalogue[track.action]?.deed ?? 'song'].label,
        by: names.get(track.userId) || own || versions.someone,
        at: track.createdAt,
        isHere: track.id === here.id,
        ...(track.style === null ? {} : { style: track.style }),
      };
    });
  }
}
