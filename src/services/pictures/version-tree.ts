/** A version of a song, from rows that nobody has checked: parents may be missing, circular, or given twice. */
export interface Version {
  id: string;
  /** What it was made from; null for what began it all. */
  parentId: string | null;
  title: string;
  /** Label of the action that made it: "Cover". */
  what: string;
  /** Who asked for it, as they are called or numbered. */
  by: string;
  /** Unix ms. */
  at: number;
  /** The one that the tree was asked for. */
  isHere: boolean;
  /** As on its cover, whose colours follow from it. */
  style?: string;
}

/** The words of a tree, and how its times are written. */
export interface TreeWords {
  /** "+12 more" */
  more(count: number): string;
  /** Marks the version that the tree was asked for: "this one". */
  here: string;
  /** For a version without a title. */
  untitled: string;
  /** "12 Nov, 18:20" for Unix ms; is never asked about what is no time. */
  when(at: number): string;
}
