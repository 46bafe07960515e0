import type { Device } from '@marquee/subgraph';

import { type AttemptSettings, networkLimit } from '../domain/attempt-limits.ts';
import { networkOfDevice } from '../domain/device.ts';
import type { Throttle } from '../domain/throttle.ts';
import { type OpenedChallenge, openPasskeyChallenge, type PasskeyChallengeDeps } from './open-passkey-challenge.ts';

export interface StartPasskeyLoginDeps extends PasskeyChallengeDeps {
  readonly throttle: Throttle;
  readonly attemptSettings: AttemptSettings;
}

/**
 * Starts a login with any passkey that the person's authenticator offers. A network may start as many as it may log in.
 *
 * @throws {CodedError} RATE_LIMITED
 */
export async function startPasskeyLogin(deps: StartPasskeyLoginDeps, device: Device): Promise<OpenedChallenge> {
  const limits = networkLimit('passkey', networkOfDevice(device), deps.attemptSettings.loginsPerNetwork);
  return deps.throttle.attempt(limits, async () => openPasskeyChallenge(deps, await deps.ceremonies.login(), null));
}
