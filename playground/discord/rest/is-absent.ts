/** JSON has two ways to say nothing; Discord mostly treats them alike. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
