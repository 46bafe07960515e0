import type { DocumentNode } from 'graphql';
import { useState } from 'react';

import { useSession } from '../api/index.ts';
import { useTexts } from '../text/index.ts';
import { useProblemText } from '../ui/index.ts';
import type { SignInAnswer } from './documents.ts';
import { accountTexts, refusalKey } from './texts.ts';

/**
 * Sends what signs in, and says what came of it.
 *
 * @param begun the second step of a sign-in that another way began
 */
export function useSignIn(onSignedIn: () => void, begun?: string) {
  const session = useSession();
  const t = useTexts(accountTexts);
  const textOf = useProblemText();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [challengeId, setChallenge] = useState(begun);

  const run = async (work: () => Promise<void>): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    await work().catch((error: unknown) => setProblem(textOf(error)));
    setPending(false);
  };
  const send = (document: DocumentNode, variables: object): Promise<void> =>
    run(async () => {
      const answer = await session.signIn<SignInAnswer>(document, variables);
      if (answer.accessToken) return onSignedIn();
      if (answer.challengeId) return setChallenge(answer.challengeId);
      if (answer.__typename === 'SecondFactorExpiredError') setChallenge(undefined);
      const key = refusalKey(answer.__typename);
      setProblem(key ? t(key) : answer.message);
    });
  const restart = (): void => {
    setChallenge(undefined);
    setProblem(undefined);
  };
  return { run, send, isPending, problem, setProblem, challengeId, restart };
}
