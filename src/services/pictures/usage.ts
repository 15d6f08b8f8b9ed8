/** What a server has used of its period, ready to be drawn: names resolved, days cut in the server's time zone. */
export interface Usage {
  /** Name of the server. */
  title: string;
  /** "1 Nov – 30 Nov 2026 (UTC)" */
  span: string;
  /** Credits of the server's period. `used` may be negative after a grant. */
  used: number;
  reserved: number;
  allowance: number;
  /** Oldest first, one per day of the period so far (1 to 31); credits settled, by the label of the action. */
  days: { label: string; perAction: Record<string, number> }[];
  /** Most first, at most 8, then one row for all others. */
  members: { name: string; used: number }[];
  /** Labels as in `perAction`. */
  actions: { label: string; used: number }[];
  /** "At this pace the credits end on 21 Nov"; null when they last. */
  forecast: string | null;
}
