/** Ends what runs, step by step, within one deadline; a step that fails or hangs never keeps the next from its turn. */
export interface ShutdownStep {
  name: string;
  run: () => unknown;
}

export async function shutDown(
  steps: readonly ShutdownStep[],
  deadlineMs: number,
  onError: (step: string, error: unknown) => void,
): Promise<void> {
  const deadline = AbortSignal.timeout(deadlineMs);
  for (const { name, run } of steps) {
    try {
      await Promise.race([run(), whenAborted(deadline)]);
    } catch (error) {
      onError(name, error);
    }
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(new Error('the time to stop is over'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
