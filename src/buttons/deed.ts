import { ButtonStyle, ComponentType } from 'discord.js';
import { encodeCustomId } from '../domain/custom-id.ts';
import type { SongDeedName } from '../domain/deeds.ts';
import type { Track } from '../domain/track.ts';
import type { Availability } from '../services/jobs/availability.ts';
import type { DeedDesk } from '../services/jobs/deed-desk.ts';
import type { SongFinder } from '../services/library/song-finder.ts';
import { deedForm } from '../services/jobs/song-forms.ts';
import type { Plan, Visit } from '../services/visit.ts';
import type { Button } from './button.ts';
import { takesOf, type TrackFinder } from './takes-of.ts';

export interface DeedButtonNeeds {
  tracks: TrackFinder;
  deedDesk: DeedDesk;
  availability: Pick<Availability, 'require'>;
  /** Songs that the member may pick as a second one, newest first. */
  songs: Pick<SongFinder, 'suggest'>;
}

/** Does something to the song on the card; asks first which take, and what for, where that isn't clear. */
export function deed(needs: DeedButtonNeeds, name: SongDeedName): Button {
  return async (visit, id) => {
    const takes = await takesOf(needs.tracks, visit, id);
    return takes.length > 1 ? askWhich(visit, name, takes) : begin(needs, visit, name, takes[0]);
  };
}

async function begin(
  { deedDesk, availability, songs }: DeedButtonNeeds,
  visit: Visit,
  name: SongDeedName,
  track: Track,
): Promise<Plan> {
  // Nobody should fill in a form for what can't be had.
  if (!deedDesk.isMadeHere(name)) availability.require(deedDesk.rowOf(name, track.platform).key);
  const asks = deedDesk.asks(name, track.platform);
  if (asks.length === 0) return deedDesk.plan(visit, name, { track }, {});
  const others = asks.some((ask) => ask.name === 'otherClip')
    ? (await songs.suggest(visit, '')).filter(({ value }) => value !== track.id)
    : [];
  const options = others.map(({ name: label, value }) => ({ label, value }));
  return { answer: 'form', form: deedForm(name, track, asks, options, visit.words) };
}

function askWhich({ words }: Visit, name: SongDeedName, takes: readonly Track[]): Plan {
  return {
    answer: 'private',
    async run() {
      return {
        content: words.which(words.deeds[name].label),
        components: [
          {
            type: ComponentType.ActionRow,
            components: takes.slice(0, 5).map(({ id, take }) => ({
              type: ComponentType.Button,
              style: ButtonStyle.Primary,
              label: words.card.take(take),
              custom_id: encodeCustomId(name, id),
            })),
          },
        ],
      };
    },
  };
}
