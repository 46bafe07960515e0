import { useCallback, useState } from 'react';

const MAX_STEPS = 100;

interface Steps<State> {
  readonly past: readonly State[];
  readonly now: State;
  readonly future: readonly State[];
}

export interface History<State> {
  readonly state: State;
  /** Changes that follow each other under the same name are undone as one. */
  readonly change: (next: (state: State) => State, name?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** A state whose changes can be undone. */
export function useHistory<State>(begin: () => State): History<State> {
  const [{ steps }, setAll] = useState(() => ({
    steps: { past: [], now: begin(), future: [] } as Steps<State>,
    name: undefined as string | undefined,
  }));
  const change = useCallback<History<State>['change']>((next, name) => {
    setAll((all) => {
      const now = next(all.steps.now);
      if (now === all.steps.now) return all;
      const isSame = name !== undefined && name === all.name;
      const past = isSame ? all.steps.past : [...all.steps.past, all.steps.now].slice(-MAX_STEPS);
      return { steps: { past, now, future: [] }, name };
    });
  }, []);
  const undo = useCallback(
    () =>
      setAll(({ steps: { past, now, future } }) => {
        const before = past.at(-1);
        if (before === undefined) return { steps: { past, now, future }, name: undefined };
        return { steps: { past: past.slice(0, -1), now: before, future: [now, ...future] }, name: undefined };
      }),
    [],
  );
  const redo = useCallback(
    () =>
      setAll(({ steps: { past, now, future } }) => {
        const [next, ...rest] = future;
        if (next === undefined) return { steps: { past, now, future }, name: undefined };
        return { steps: { past: [...past, now], now: next, future: rest }, name: undefined };
      }),
    [],
  );
  return {
    state: steps.now,
    change,
    undo,
    redo,
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
  };
}
