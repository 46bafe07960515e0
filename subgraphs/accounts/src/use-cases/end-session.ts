import { notFound } from '@marquee/errors';

import type { Sessions } from '../domain/ports.ts';
import { type AnnounceRevocations, revokedSession } from '../domain/revocation.ts';
import type { SessionEnd } from '../domain/session.ts';

export interface EndSessionDeps {
  readonly sessions: Sessions;
  readonly announceRevocations: AnnounceRevocations;
  readonly now: () => Date;
}

/**
 * Ends a session: its refresh token stops working, and its access tokens are refused from the next request on. Ending
 * it again succeeds and repeats the announcement.
 *
 * @throws {CodedError} NOT_FOUND when the user has no such session
 */
export async function endSession(
  { sessions, announceRevocations, now }: EndSessionDeps,
  session: Omit<SessionEnd, 'at'>,
): Promise<void> {
  const at = now();
  if (!(await sessions.end({ ...session, at }))) throw notFound('session');
  await announceRevocations([revokedSession(session.sessionId, at)]);
}
