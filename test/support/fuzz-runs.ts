/** How often a property is tried: a taste in every test run, the full count with FUZZ_RUNS=full. */
export function fuzzRuns(quick: number, full: number): { numRuns: number } {
  return { numRuns: process.env['FUZZ_RUNS'] === 'full' ? full : quick };
}

/** For tests that take long when they are run in full. */
export const fuzzTimeout = { timeout: 15 * 60_000 };
