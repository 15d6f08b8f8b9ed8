/** The two groups of CCAPI's audio gateway, as they stand in paths and records. */
export type Platform = 'producer' | 'suno';
