import { onAnother, useSession } from '@marquee/app-kit/api';
import { useEffect } from 'react';

import { keptEndpoint, unsubscribeFromPush } from './push.ts';

/** Ends the pushes to this browser when the person who turned them on is signed in no longer: others read them too. */
export function usePushOfOne(): void {
  const session = useSession();
  useEffect(() => {
    const end = (): void => void (keptEndpoint() !== null && unsubscribeFromPush().catch(() => undefined));
    if (session.state === 'anonymous') end();
    return onAnother(session, end);
  }, [session]);
}
