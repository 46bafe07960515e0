import { useApolloClient } from '@apollo/client/react';
import type { DocumentNode } from 'graphql';
import { useCallback } from 'react';

import { useSession } from '../api/index.ts';

/** Ends the session, everywhere it is open in this browser; also where the server cannot be reached. */
export function useSignOut(logout: DocumentNode): () => Promise<void> {
  const client = useApolloClient();
  const session = useSession();
  return useCallback(async () => {
    await client.mutate({ mutation: logout }).catch(() => undefined);
    await session.end();
  }, [client, session, logout]);
}
