import { isCoded, maskError, unauthenticated } from '@marquee/errors';
import type { Authenticate, Identity } from '@marquee/identity';

/** What the `pong` says that answers a renewal. */
export interface Renewal {
  /** Set when the new token counts. */
  readonly identity?: Identity;
  readonly payload: Record<string, unknown>;
}

/**
 * Renews the token of a live socket.
 *
 * A client sends `{"type":"ping","payload":{"Authorization":"Bearer …"}}`; the pong's payload is
 * `{"renewed":true,"expiresAt":"…"}`, or `{"renewed":false,"error":{…}}` and the old token stays in force. The new token
 * must be of the same person.
 */
export async function renewal(current: Identity, authorization: string, authenticate: Authenticate): Promise<Renewal> {
  try {
    const identity = await authenticate(authorization);
    const [before, after] = [current.caller, identity.caller];
    if (before.kind !== 'user' || after.kind !== 'user' || before.userId !== after.userId) {
      return refused('A token is renewed by one of the same person; connect again as another.');
    }
    return { identity, payload: { renewed: true, expiresAt: after.expiresAt.toISOString() } };
  } catch (error) {
    return refused(isCoded(error) ? error.message : 'The access token could not be verified. Try again.');
  }
}

function refused(message: string): Renewal {
  return { payload: { renewed: false, error: maskError(unauthenticated(message)) } };
}
