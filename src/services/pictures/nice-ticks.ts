/** Round values from 0 to at least `max`, at most six of them: 0, 5, 10, 15. Whole ones: credits are counted. */
export function niceTicks(max: number): number[] {
  const raw = Math.max(1, max / 5);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step =
    ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw && Number.isInteger(factor * power)) ?? 10) *
    power;
  return Array.from({ length: Math.max(1, Math.ceil(max / step)) + 1 }, (_, index) => index * step);
}
