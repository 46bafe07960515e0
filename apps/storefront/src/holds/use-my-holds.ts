import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { serverNow, useSessionState } from '@marquee/app-kit/api';
import { showToast, useProblemText } from '@marquee/app-kit/ui';
import { useCallback } from 'react';

import { MyHoldsDocument, type MyHoldsQuery, ReleaseHoldDocument } from '../generated/graphql.ts';

export type MyHold = NonNullable<NonNullable<MyHoldsQuery['viewer']>['holds']>[number];

const NONE: readonly MyHold[] = [];

/** Reads the holds again; whoever shows them is drawn again. */
export async function readMyHolds(client: ApolloClient): Promise<void> {
  await client.query({ query: MyHoldsDocument, fetchPolicy: 'network-only' }).catch(() => undefined);
}

/** The person's holds that are not over, the first to expire first. */
export function useMyHolds() {
  const isAnonymous = useSessionState() === 'anonymous';
  const { data } = useQuery(MyHoldsDocument, { skip: isAnonymous });
  const client = useApolloClient();
  const problemText = useProblemText();
  const read = useCallback(() => void (isAnonymous || readMyHolds(client)), [isAnonymous, client]);
  const release = async (holdId: string): Promise<void> => {
    try {
      // A hold that is over is released already.
      await client.mutate({ mutation: ReleaseHoldDocument, variables: { holdId } });
    } catch (problem) {
      showToast({ id: `release:${holdId}`, title: problemText(problem) });
    }
    await readMyHolds(client);
  };
  const all = isAnonymous ? NONE : (data?.viewer?.holds ?? NONE);
  const holds = all.filter(({ status, expiresAt }) => status === 'ACTIVE' && Date.parse(expiresAt) > serverNow());
  return { holds, read, release, isKnown: isAnonymous || data !== undefined };
}
