import { useApolloClient } from '@apollo/client/react';
import type { DocumentNode } from 'graphql';
import { useCallback } from 'react';

import { useSession } from '../api/index.ts';

/** Ends the session, everywhere it is open in this browser; also where the server cannot be reached. */
export function useSignOut(logout: DocumentNode): () => Promise<void> {
  const client = useApolloClient();
  const session = useSession();
  return useCallback(async () => {
    const token = await session.token().catch(() => undefined);
    // First, so that nothing on the page asks with a token that is revoked meanwhile.
    const ended = session.end();
    if (token !== undefined) {
      const context = { headers: { authorization: `Bearer ${token}` } };
      await client.mutate({ mutation: logout, context }).catch(() => undefined);
    }
    await ended;
  }, [client, session, logout]);
}
