import { REVOCATION_MS, revokedSession } from '../domain/revocation.ts';
import type { EndSessionDeps } from './end-session.ts';

/**
 * Repeats the announcement of recently ended sessions. One may have been lost: the process stopped after its commit,
 * or Redis lost its data.
 */
export async function announceEndedSessions({ sessions, announceRevocations, now }: EndSessionDeps): Promise<void> {
  const ended = await sessions.endedSince(new Date(now().getTime() - REVOCATION_MS));
  await announceRevocations(ended.map(({ sessionId, endedAt }) => revokedSession(sessionId, endedAt)));
}
