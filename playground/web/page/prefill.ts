type Listener = (line: string, values: Record<string, string>) => void;

let composer: Listener | undefined;

/** Puts a command with its values into the composer, to be looked at and sent. */
export function prefill(line: string, values: Record<string, string>): void {
  composer?.(line, values);
}

/** The composer, while it is there. */
export function onPrefill(listener: Listener): () => void {
  composer = listener;
  return () => {
    if (composer === listener) composer = undefined;
  };
}
