import { badInput, unauthenticated } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import type { PushEndpoints } from '../domain/ports.ts';
import { pushHostOf, type PushSubscription } from '../domain/push-endpoint.ts';

export interface RegisterPushEndpointDeps {
  readonly pushEndpoints: Pick<PushEndpoints, 'register'>;
  /** Whether a text is a public key of a browser. */
  readonly isBrowserKey: (p256dh: string) => boolean;
  readonly allowsLoopback: boolean;
}

export interface RegisterPushEndpointInput extends PushSubscription {
  readonly userId: string;
  readonly sessionId: string;
}

const SECRET = /^[\w-]{22}$/;

/**
 * Lets notices of a person be pushed to a browser. The same endpoint again keeps its id.
 *
 * @returns the endpoint's id
 * @throws {CodedError} BAD_USER_INPUT when no message could reach it, UNAUTHENTICATED when the session was revoked
 */
export async function registerPushEndpoint(
  { pushEndpoints, isBrowserKey, allowsLoopback }: RegisterPushEndpointDeps,
  { userId, sessionId, endpoint, ...keys }: RegisterPushEndpointInput,
): Promise<string> {
  const host = pushHostOf(endpoint, allowsLoopback);
  const [p256dh, auth] = [keys.p256dh, keys.auth].map((key) => key.replace(/=+$/, '')) as [string, string];
  if (!isBrowserKey(p256dh)) throw badInput('input.p256dh', 'Send the key `p256dh` of the browser’s subscription.');
  if (!SECRET.test(auth)) throw badInput('input.auth', 'Send the key `auth` of the browser’s subscription.');
  const id = await pushEndpoints.register({ id: newId('psh'), userId, sessionId, host, endpoint, p256dh, auth });
  if (id === null) throw unauthenticated();
  return id;
}
