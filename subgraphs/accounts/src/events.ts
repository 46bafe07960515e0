import type { DomainEvent, Push } from '@marquee/events';
import { SESSION_REVOKED } from './revocations.ts';

/** What those who listen are told of an event of this domain. The domain consumes none. */
export function pushesOf(event: DomainEvent): Push[] {
  if (event.type !== 'account.session-revoked') return [];
  const { sessionId, until } = event.payload;
  return [{ channel: SESSION_REVOKED, message: { sessionId, until } }];
}
