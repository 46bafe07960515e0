import { SessionExpiredError } from '../errors.ts';
import { endSession, type EndSessionDeps } from './end-session.ts';
import { hashOf, opaqueToken } from './opaque-token.ts';
import { type Grant, grantOf, type OpenSessionDeps } from './open-session.ts';
import { REFRESH_TOKEN_MS } from './token-lifetimes.ts';

export type RefreshSessionDeps = EndSessionDeps & Omit<OpenSessionDeps, 'newId'>;

/**
 * Trades a refresh token for the next one and an access token.
 *
 * A token works once, decided by one conditional update. One presented a second time is in two hands, and which of
 * them is the thief's cannot be told: so the whole session ends, without a period of grace.
 *
 * @throws {SessionExpiredError}
 */
export async function refreshSession(deps: RefreshSessionDeps, refreshToken: string): Promise<Grant> {
  const hash = hashOf(refreshToken);
  const nextToken = opaqueToken('refresh', deps.random);
  const at = deps.now();
  const nextExpiresAt = new Date(at.getTime() + REFRESH_TOKEN_MS);
  const rotated = await deps.sessions.rotate({ hash, nextHash: hashOf(nextToken), at, nextExpiresAt });
  if (rotated !== null) return grantOf(deps, rotated.user, rotated.sessionId, nextToken);
  const stolen = await deps.sessions.ofUsedToken(hash);
  if (stolen !== null) await endSession(deps, stolen, 'REFRESH_TOKEN_REUSED');
  throw new SessionExpiredError();
}
