import type { Track } from '../../src/domain/track.ts';
import { jobId } from './songs.ts';

export const garden = '100000000000000001';
export const alice = '300000000000000003';

/** The nth track, of the nth job; each a second newer than the one before. */
export function track(n: number, more: Partial<Track> = {}): Track {
  return {
    id: `t${jobId(n).slice(1)}`,
    jobId: jobId(n),
    take: 1,
    guildId: garden,
    channelId: '200000000000000002',
    userId: alice,
    private: false,
    platform: 'producer',
    clipId: `clip-${n}`,
    title: `Song ${n}`,
    style: 'warm acoustic pop',
    lyrics: null,
    prompt: null,
    model: null,
    seed: null,
    seconds: 125,
    audioUrl: `https://media.example/clips/${n}.m4a`,
    imageUrl: null,
    action: 'producer/MUSIC',
    parents: [],
    createdAt: 1_773_385_820_000 + n * 1000,
    ...more,
  };
}
