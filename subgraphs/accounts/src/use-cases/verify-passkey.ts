import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { networkOfDevice } from '../domain/device.ts';
import type { User } from '../domain/user.ts';
import type { PasskeyChallengeDeps } from './open-passkey-challenge.ts';

export interface VerifyPasskeyDeps extends PasskeyChallengeDeps {
  readonly securityEvent: RecordSecurityEvent;
}

/** An authenticator's answer to a challenge. */
export interface PasskeyAnswer {
  readonly challengeId: string;
  readonly response: unknown;
}

/**
 * Verifies the answer to a challenge of a login, which is used up.
 *
 * A passkey whose count of signatures does not go up has a copy: it is refused from then on, and its owner is told.
 *
 * @returns whose passkey it is; null when the answer is refused
 */
export async function verifyPasskey(
  deps: VerifyPasskeyDeps,
  { challengeId, response, device }: PasskeyAnswer & { readonly device: Device },
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
