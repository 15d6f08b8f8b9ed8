import type { SongPicture } from './song-picture.ts';
import type { TreePicture } from './tree-picture.ts';
import type { Usage } from './usage.ts';

/** What the drawing thread can be asked for: plain values, for they are copied to it. */
export type PictureOrder =
  | { draw: 'usage-chart'; usage: Usage }
  | { draw: 'song-card'; song: SongPicture; withArt: boolean }
  | { draw: 'song-cover'; song: SongPicture }
  | { draw: 'version-tree'; tree: TreePicture };
