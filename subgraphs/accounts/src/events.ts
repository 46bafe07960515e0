import type { DomainEvent, Push } from '@marquee/events';
import { SESSION_REVOKED } from '@marquee/identity';

/** Ended sessions are pushed to whoever verifies access tokens. */
export function pushes(event: DomainEvent): readonly Push[] {
  if (event.type !== 'account.session-revoked') return [];
  const { sessionId, until } = event.payload;
  return [{ channel: SESSION_REVOKED, message: { sessionId, until } }];
}
