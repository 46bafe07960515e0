import { isCoded, maskError, unauthenticated } from '@marquee/errors';
import type { Authenticate, Identity } from '@marquee/identity';

/** The outcome of a token renewal. */
export interface Renewal {
  /** Set when the new token is accepted. */
  readonly identity?: Identity;
  /** Why the new token could not be verified. */
  readonly refusal?: unknown;
  /** Payload of the pong. */
  readonly payload: Record<string, unknown>;
}

/**
 * Renews the token of an open socket.
 *
 * A client sends `{"type":"ping","payload":{"Authorization":"Bearer …"}}`; the pong's payload is
 * `{"renewed":true,"expiresAt":"…"}`, or `{"renewed":false,"error":{…}}` and the old token remains valid. The new
 * token must belong to the same user.
 */
export async function renewToken(
  current: Identity,
  authorization: string,
  authenticate: Authenticate,
): Promise<Renewal> {
  try {
    const identity = await authenticate(authorization);
    const [before, after] = [current.caller, identity.caller];
    if (before.kind !== 'user' || after.kind !== 'user' || before.userId !== after.userId) {
      return rejected('The new token belongs to another user. Open a new connection for it.');
    }
    return { identity, payload: { renewed: true, expiresAt: after.expiresAt.toISOString() } };
  } catch (error) {
    const message = isCoded(error) ? error.message : 'The access token could not be verified. Try again.';
    return { ...rejected(message), refusal: error };
  }
}

function rejected(message: string): Renewal {
  return { payload: { renewed: false, error: maskError(unauthenticated(message)) } };
}
