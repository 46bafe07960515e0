import { newEvent } from '@marquee/events';
import { notFound } from '@marquee/errors';
import type { Revocation, Sessions } from './session.ts';
import { ACCESS_TOKEN_SECONDS } from './token-lifetimes.ts';

/** An ended session is remembered until its last access token has ended, clocks differing by a minute. */
const REMEMBERED_MS = ACCESS_TOKEN_SECONDS * 1000 + 60_000;

/** A session whose access tokens must be refused, and until when there are any. */
export interface RevokedSession {
  readonly sessionId: string;
  readonly until: Date;
}

/** Makes ended sessions known to those who check access tokens. */
export interface Revocations {
  /** Once it resolves, the sessions' access tokens are refused. */
  announce(sessions: readonly RevokedSession[]): Promise<void>;
}

export interface EndSessionDeps {
  readonly sessions: Sessions;
  readonly revocations: Revocations;
  readonly now: () => Date;
}

/**
 * Ends a session: its refresh tokens stop to work, and its access tokens are refused from the next request on. To end
 * one again is no failure, and announces it again.
 *
 * @throws NOT_FOUND when the person has no such session.
 */
export async function endSession(
  { sessions, revocations, now }: EndSessionDeps,
  session: { readonly sessionId: string; readonly userId: string },
  reason: Revocation,
): Promise<void> {
  const at = now();
  const until = lastTokenEnds(at);
  const event = newEvent('account.session-revoked', session.userId, { ...session, until: until.toISOString() });
  const outcome = await sessions.end({ ...session, reason, at }, event);
  if (outcome === 'unknown') throw notFound('session');
  await revocations.announce([{ sessionId: session.sessionId, until }]);
}

/**
 * Announces again what was ended lately, in case an announcement was lost: the process was killed after the session's
 * end was committed, or Redis has forgotten.
 */
export async function announceRecentlyEnded({ sessions, revocations, now }: EndSessionDeps): Promise<void> {
  const earliest = new Date(now().getTime() - REMEMBERED_MS);
  const ended = await sessions.endedSince(earliest);
  await revocations.announce(ended.map(({ sessionId, endedAt }) => ({ sessionId, until: lastTokenEnds(endedAt) })));
}

function lastTokenEnds(endedAt: Date): Date {
  return new Date(endedAt.getTime() + REMEMBERED_MS);
}
