import { useState } from 'react';

import { useProblemText } from './problem.tsx';

/** Something that the person asked for. */
export interface Action {
  /** Does it. The work returns the text of a refusal. @returns whether it was done */
  readonly run: (work: () => Promise<string | undefined>) => Promise<boolean>;
  readonly isPending: boolean;
  /** The reason why it stopped, in words for the person. */
  readonly problem: string | undefined;
  readonly setProblem: (problem: string | undefined) => void;
}

/** Runs what the person asked for, one at a time, and keeps what came of it. */
export function useAction(): Action {
  const textOf = useProblemText();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run: Action['run'] = async (work) => {
    setPending(true);
    setProblem(undefined);
    const refusal = await work().catch((error: unknown) => textOf(error));
    setPending(false);
    setProblem(refusal);
    return refusal === undefined;
  };
  return { run, isPending, problem, setProblem };
}
