import type { DomainEvent, Push } from '@marquee/events';
import { SESSION_REVOKED } from './adapters/revocations.ts';

/** Messages pushed to listeners for an event of this domain. The domain consumes no events. */
export function pushesOf(event: DomainEvent): Push[] {
  if (event.type !== 'account.session-revoked') return [];
  const { sessionId, until } = event.payload;
  return [{ channel: SESSION_REVOKED, message: { sessionId, until } }];
}
