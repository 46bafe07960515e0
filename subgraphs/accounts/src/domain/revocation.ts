import { ACCESS_TOKEN_SECONDS } from './access-token.ts';

/** Clock difference tolerated between accounts and whoever verifies its tokens. */
const CLOCK_SKEW_MS = 60_000;
/** The time after the end of a session in which one of its access tokens may still be unexpired. */
export const REVOCATION_MS = ACCESS_TOKEN_SECONDS * 1000 + CLOCK_SKEW_MS;

/** An ended session whose access tokens must be refused until the last of them has expired. */
export interface RevokedSession {
  readonly sessionId: string;
  readonly until: Date;
}

/** Tells verifiers of access tokens of ended sessions. Resolves once the tokens of these are refused. */
export type AnnounceRevocations = (sessions: readonly RevokedSession[]) => Promise<void>;

/** The revocation of a session that ended at a time. */
export function revokedSession(sessionId: string, endedAt: Date): RevokedSession {
  return { sessionId, until: new Date(endedAt.getTime() + REVOCATION_MS) };
}
