import { REFRESH_TOKEN_MS } from '../domain/session.ts';
import { newToken } from '../domain/token.ts';
import { SessionExpiredError } from '../errors.ts';
import { endSession, type EndSessionDeps } from './end-session.ts';
import { type Grant, issueGrant, type OpenSessionDeps } from './open-session.ts';

/**
 * Exchanges a refresh token for its successor and an access token.
 *
 * A token works once, decided by one conditional update. A second use means that the token was stolen, by either of
 * the two who used it, so the whole session ends, without a grace period.
 *
 * @throws {SessionExpiredError}
 */
export async function refreshSession(deps: EndSessionDeps & OpenSessionDeps, presentedToken: string): Promise<Grant> {
  const { sessions, hashToken, random, now } = deps;
  const hash = hashToken(presentedToken);
  const refreshToken = newToken('refresh', random);
  const at = now();
  const nextExpiresAt = new Date(at.getTime() + REFRESH_TOKEN_MS);
  const rotated = await sessions.rotate({ hash, nextHash: hashToken(refreshToken), at, nextExpiresAt });
  if (rotated !== null) return issueGrant(deps, { ...rotated, refreshToken });
  const stolen = await sessions.findByUsedToken(hash);
  if (stolen !== null) await endSession(deps, { ...stolen, reason: 'REFRESH_TOKEN_REUSED' });
  throw new SessionExpiredError();
}
