import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { fingerprintOf, networkOfDevice } from '../domain/device.ts';
import { REFRESH_TOKEN_MS } from '../domain/session.ts';
import type { SuccessorsOf } from '../domain/token.ts';
import { SessionExpiredError } from '../errors.ts';
import { endSession, type EndSessionDeps } from './end-session.ts';
import { type Grant, issueGrant, type OpenSessionDeps } from './open-session.ts';

export type RefreshSessionDeps = EndSessionDeps &
  OpenSessionDeps & { readonly successorsOf: SuccessorsOf; readonly securityEvent: RecordSecurityEvent };

/**
 * Exchanges a refresh token for its successor and an access token.
 *
 * One conditional update decides which use exchanges the token. Repeats within `REFRESH_GRACE_SECONDS` get the same
 * successor: two tabs refresh at once, or the response was lost. A later repeat means that the token was stolen, so
 * the session ends for both who have it.
 *
 * @throws {SessionExpiredError}
 */
export async function refreshSession(
  deps: RefreshSessionDeps,
  { refreshToken: presentedToken, device }: { refreshToken: string; device: Device },
): Promise<Grant> {
  const { sessions, hashToken, successorsOf, now } = deps;
  const hash = hashToken(presentedToken);
  const successors = successorsOf(presentedToken);
  const [refreshToken] = successors;
  const at = now();
  const fingerprint = fingerprintOf(deps.keyedHash, device);
  const nextExpiresAt = new Date(at.getTime() + REFRESH_TOKEN_MS);
  const rotated = await sessions.rotate({ hash, nextHash: hashToken(refreshToken), at, nextExpiresAt, fingerprint });
  if (rotated !== null) return issueGrant(deps, { ...rotated, refreshToken });
  const repeated = await sessions.findRepeatedExchange(hash, successors.map(hashToken));
  if (repeated?.inGrace) {
    // Another process may have exchanged it by another key.
    const issued = successors.find((each) => hashToken(each) === repeated.successorHash);
    if (issued === undefined) throw new SessionExpiredError();
    return issueGrant(deps, { ...repeated, refreshToken: issued });
  }
  if (repeated) {
    const who = { userId: repeated.user.id, sessionId: repeated.sessionId, address: networkOfDevice(device) };
    deps.securityEvent('refresh-token-reused', who);
    await endSession(deps, { ...repeated, userId: repeated.user.id, reason: 'REFRESH_TOKEN_REUSED' });
  }
  throw new SessionExpiredError();
}
