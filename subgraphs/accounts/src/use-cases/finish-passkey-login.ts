import type { Device } from '@marquee/subgraph';

import { InvalidPasskeyError } from '../errors.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';
import { type PasskeyAnswer, verifyPasskey, type VerifyPasskeyDeps } from './verify-passkey.ts';

export type FinishPasskeyLoginDeps = OpenSessionDeps & VerifyPasskeyDeps;

/**
 * Signs in with a passkey that answers a challenge. The authenticator has verified the person, so this is two factors.
 *
 * @throws {InvalidPasskeyError}
 */
export async function finishPasskeyLogin(
  deps: FinishPasskeyLoginDeps,
  input: PasskeyAnswer & { readonly device: Device },
): Promise<Grant> {
  const user = await verifyPasskey(deps, input);
  const grant = user && (await openSession(deps, user, input.device));
  if (grant === null) throw new InvalidPasskeyError();
  return grant;
}
