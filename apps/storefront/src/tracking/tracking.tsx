import { onAnother, useSession } from '@marquee/app-kit/api';
import { useEffect } from 'react';

import { outbox } from './outbox.ts';
import { startSending } from './sender.ts';
import { forgetVisitor } from './visitor.ts';

/** Sends tracked events while the application is open. The frame has it once. */
export function Tracking(): null {
  const session = useSession();
  useEffect(() => startSending(session.token), [session]);
  useEffect(() => {
    let former = session.person;
    return onAnother(session, () => {
      if (former !== undefined && former !== session.person) {
        forgetVisitor();
        // They would be sent as what the next person did.
        outbox.clear();
      }
      former = session.person;
    });
  }, [session]);
  return null;
}
