import { accessTokenOf } from './access-token.ts';
import { hashOf, opaqueToken, type RandomBytes } from './opaque-token.ts';
import type { Device, Sessions } from './session.ts';
import type { KeyRing } from './signing-keys.ts';
import { ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_MS } from './token-lifetimes.ts';
import type { User } from './user.ts';

const USER_AGENT_LENGTH = 400;

/** The tokens of a session, handed out once. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds that the access token is valid. */
  readonly expiresIn: number;
  readonly user: User;
}

export interface OpenSessionDeps {
  readonly sessions: Sessions;
  readonly keyRing: KeyRing;
  readonly now: () => Date;
  readonly newId: (kind: string) => string;
  readonly random: RandomBytes;
}

/** Signs a device in, for somebody who has proved who they are. */
export async function openSession(deps: OpenSessionDeps, user: User, device: Device): Promise<Grant> {
  const at = deps.now();
  const id = deps.newId('ses');
  const refreshToken = opaqueToken('refresh', deps.random);
  const session = {
    id,
    userId: user.id,
    userAgent: device.userAgent?.slice(0, USER_AGENT_LENGTH) ?? null,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: new Date(at.getTime() + REFRESH_TOKEN_MS),
  };
  await deps.sessions.open(session, hashOf(refreshToken));
  return grantOf(deps, user, id, refreshToken);
}

/** The tokens of a session that is open. */
export async function grantOf(
  deps: Pick<OpenSessionDeps, 'keyRing' | 'now'>,
  user: User,
  sessionId: string,
  refreshToken: string,
): Promise<Grant> {
  const accessToken = await accessTokenOf(user, sessionId, await deps.keyRing.signer(), deps.now());
  return { accessToken, refreshToken, expiresIn: ACCESS_TOKEN_SECONDS, user };
}
