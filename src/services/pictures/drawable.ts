/** As a length: what is negative (a grant) or no number at all has none, and sums stay finite. */
export function drawable(credits: number): number {
  return Number.isFinite(credits) ? Math.min(Math.max(credits, 0), 1e15) : 0;
}
