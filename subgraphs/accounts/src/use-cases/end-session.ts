import { newEvent } from '@marquee/events';
import { notFound } from '@marquee/errors';
import { type Revocations, revokedSession } from '../domain/revocation.ts';
import type { RevocationReason, SessionReference, Sessions } from '../domain/session.ts';

export interface EndSessionDeps {
  readonly sessions: Sessions;
  readonly revocations: Revocations;
  readonly now: () => Date;
}

export interface EndSessionInput extends SessionReference {
  readonly reason: RevocationReason;
}

/**
 * Ends a session: its refresh token stops working, and its access tokens are refused from the next request on. Ending
 * it again succeeds and repeats the announcement.
 *
 * @throws NOT_FOUND when the user has no such session
 */
export async function endSession(
  { sessions, revocations, now }: EndSessionDeps,
  { sessionId, userId, reason }: EndSessionInput,
): Promise<void> {
  const at = now();
  const revoked = revokedSession(sessionId, at);
  const payload = { sessionId, userId, until: revoked.until.toISOString() };
  const event = newEvent('account.session-revoked', userId, payload);
  const outcome = await sessions.end({ sessionId, userId, reason, at }, event);
  if (outcome === 'unknown') throw notFound('session');
  await revocations.announce([revoked]);
}
