const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** In full up to `longest`, rounded above, so that no figure grows beyond its place: 1,000,000 but 12.3M. */
export function formatCredits(credits: number, longest = 9_999_999): string {
  if (!Number.isFinite(credits)) return '∞';
  if (Math.abs(credits) >= 1e15) return credits < 0 ? '−∞' : '∞';
  return (Math.abs(credits) > longest ? compact : plain).format(credits).replace('-', '−');
}
