type Listener = (files: File[]) => void;

let listener: Listener | undefined;

/** From where files are dropped or pasted to whoever wants them at present: the composer. */
export const draftFiles = {
  offer(files: File[]): void {
    if (files.length > 0) listener?.(files);
  },
  on(wanting: Listener): () => void {
    listener = wanting;
    return () => {
      if (listener === wanting) listener = undefined;
    };
  },
};
