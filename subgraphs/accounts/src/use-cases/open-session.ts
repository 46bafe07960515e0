import type { Device } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { ACCESS_TOKEN_SECONDS } from '../domain/access-token.ts';
import { fingerprintOf, userAgentOf } from '../domain/device.ts';
import type { Sessions } from '../domain/ports.ts';
import { type AnnounceRevocations, revokedSession } from '../domain/revocation.ts';
import { REFRESH_TOKEN_MS, type Session, type SignedIn } from '../domain/session.ts';
import { type HashToken, type KeyedHash, newToken, type RandomBytes } from '../domain/token.ts';
import type { User } from '../domain/user.ts';
import { issueAccessToken, type IssueAccessTokenDeps } from './issue-access-token.ts';
import { AccountSuspendedError } from '../errors.ts';

/** The tokens of a session, shown to the client once. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Validity of the access token, in seconds. */
  readonly expiresIn: number;
  readonly user: User;
}

export interface OpenSessionDeps extends IssueAccessTokenDeps {
  readonly sessions: Sessions;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly keyedHash: KeyedHash;
  readonly announceRevocations: AnnounceRevocations;
}

/**
 * Signs a device in, and the one not seen for longest out when there are too many. The caller has verified the user.
 *
 * @returns null when the user's credentials have changed since they were verified
 * @throws {AccountSuspendedError}
 */
export async function openSession(deps: OpenSessionDeps, user: User, device: Device): Promise<Grant | null> {
  if (user.status === 'SUSPENDED') throw new AccountSuspendedError();
  const at = deps.now();
  const refreshToken = newToken('refresh', deps.random);
  const session: Session = {
    id: newId('ses'),
    userId: user.id,
    userAgent: userAgentOf(device),
    createdAt: at,
    authenticatedAt: at,
    lastSeenAt: at,
    expiresAt: new Date(at.getTime() + REFRESH_TOKEN_MS),
  };
  const fingerprint = fingerprintOf(deps.keyedHash, device);
  const { credentials } = user;
  const ended = await deps.sessions.open(session, deps.hashToken(refreshToken), { credentials, fingerprint });
  if (ended === null) return null;
  if (ended.length > 0) await deps.announceRevocations(ended.map((id) => revokedSession(id, at)));
  return issueGrant(deps, { user, sessionId: session.id, authenticatedAt: at, refreshToken });
}

/** Issues an access token for an open session, beside its refresh token. */
export async function issueGrant(
  deps: IssueAccessTokenDeps,
  { refreshToken, ...signedIn }: SignedIn & { readonly refreshToken: string },
): Promise<Grant> {
  const accessToken = await issueAccessToken(deps, signedIn);
  return { accessToken, refreshToken, expiresIn: ACCESS_TOKEN_SECONDS, user: signedIn.user };
}
