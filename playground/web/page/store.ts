import { useEffect, useReducer, useRef } from 'preact/hooks';
import { emptyState, type AppState } from './app-state.ts';

type Listener = () => void;

/** The page's one state. Changes within a frame are told once. */
class Store {
  #state = emptyState;
  #isTold = true;
  readonly #listeners = new Set<Listener>();

  get state(): AppState {
    return this.#state;
  }

  change(change: (state: AppState) => AppState): void {
    this.#state = change(this.#state);
    if (!this.#isTold) return;
    this.#isTold = false;
    const tell = (): void => {
      if (this.#isTold) return;
      this.#isTold = true;
      for (const listener of this.#listeners) listener();
    };
    requestAnimationFrame(tell);
    // A tab in the background gets no frames, and has news all the same.
    setTimeout(tell, 100);
  }

  set(values: Partial<AppState>): void {
    this.change((state) => ({ ...state, ...values }));
  }

  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export const store = new Store();

/** What `select` finds; the component is drawn again when that is another value or object. */
export function useStore<T>(select: (state: AppState) => T): T {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const seen = useRef<{ value: T }>(null);
  const value = select(store.state);
  seen.current = { value };
  useEffect(
    () =>
      store.on(() => {
        if (!Object.is(select(store.state), seen.current?.value)) redraw(undefined);
      }),
    // A selector that looks at a component's properties is a new one when they change.
    [select],
  );
  return value;
}
