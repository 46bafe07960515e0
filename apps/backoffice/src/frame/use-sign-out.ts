import { useApolloClient, useMutation } from '@apollo/client/react';
import { useSession } from '@marquee/app-kit/api';

import { LogoutDocument } from '../generated/graphql.ts';

/** Ends the session here and at the server, and forgets what was loaded for the person. */
export function useSignOut(): () => Promise<void> {
  const session = useSession();
  const client = useApolloClient();
  const [logout] = useMutation(LogoutDocument);
  return async () => {
    await logout().catch(() => undefined);
    await session.end();
    await client.clearStore();
  };
}
