import { useSession } from '@marquee/app-kit/api';
import { useEffect } from 'react';

import { startSending } from './sender.ts';
import { forgetVisitor } from './visitor.ts';

/** Sends tracked events while the application is open. The frame has it once. */
export function Tracking(): null {
  const session = useSession();
  useEffect(() => startSending(session.token), [session]);
  useEffect(() => {
    let former = session.state;
    return session.subscribe(() => {
      if (former === 'signed-in' && session.state === 'anonymous') forgetVisitor();
      former = session.state;
    });
  }, [session]);
  return null;
}
