import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { networkOfDevice } from '../domain/device.ts';
import type { User } from '../domain/user.ts';
import { InvalidPasskeyError } from '../errors.ts';
import type { PasskeyChallengeDeps } from './open-passkey-challenge.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';

export interface FinishPasskeyLoginDeps extends OpenSessionDeps, PasskeyChallengeDeps {
  readonly securityEvent: RecordSecurityEvent;
}

export interface FinishPasskeyLoginInput {
  readonly challengeId: string;
  readonly response: unknown;
  readonly device: Device;
}

/**
 * Signs in with a passkey that answers a challenge. The authenticator has verified the person, so this is two factors.
 *
 * A passkey whose count of signatures does not go up has a copy: it is refused from then on, and its owner is told.
 *
 * @throws {InvalidPasskeyError}
 */
export async function finishPasskeyLogin(deps: FinishPasskeyLoginDeps, input: FinishPasskeyLoginInput): Promise<Grant> {
  const user = await verifiedUser(deps, input);
  const grant = user && (await openSession(deps, user, input.device));
  if (grant === null) throw new InvalidPasskeyError();
  return grant;
}

async function verifiedUser(
  deps: FinishPasskeyLoginDeps,
  { challengeId, response, device }: FinishPasskeyLoginInput,
): Promise<User | null> {
  const { passkeys, ceremonies, securityEvent } = deps;
  const at = deps.now();
  const opened = await passkeys.useChallenge(deps.hashToken(challengeId), at);
  const claim = ceremonies.claimOf(response);
  const found = claim && (await passkeys.findCredential(claim.credentialId));
  const refuse = (detail: string): null => {
    securityEvent('sign-in-failed', { userId: found?.user.id, address: networkOfDevice(device), detail });
    return null;
  };
  if (opened === null || opened.userId !== null || !claim || !found) return refuse('passkey unknown');
  const { passkey, user } = found;
  if (claim.userId !== null && claim.userId !== user.id) return refuse('passkey of another person');
  const counter = await ceremonies.verifyLogin(response, opened.challenge, passkey);
  if (counter === null) return refuse('passkey not verified');
  return (await passkeys.recordUse(passkey, counter, at)) ? user : refuse('passkey copied');
}
