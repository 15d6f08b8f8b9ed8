/** The chain of causes as one line, for an operator's terminal: messages of our start-up code and of the system. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${explain(error.cause)}`;
}
