import { notFound } from '@marquee/errors';
import { InvalidSecondFactorError } from '../errors.ts';
import type { RandomBytes } from './opaque-token.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import type { SecretBox } from './secret-box.ts';
import type { SecondFactors } from './second-factor.ts';
import { secretLabel } from './start-totp-enrolment.ts';
import { secondFactorLimits, type Throttle } from './throttle.ts';
import { stepOf } from './totp.ts';

export interface ConfirmTotpEnrolmentDeps {
  readonly secondFactors: SecondFactors;
  readonly box: SecretBox;
  readonly throttle: Throttle;
  readonly random: RandomBytes;
  readonly now: () => Date;
}

/**
 * Turns the second factor on, given a code which proves that the app works.
 *
 * @returns the recovery codes, which are not kept in clear.
 * @throws {InvalidSecondFactorError}
 * @throws NOT_FOUND when no enrolment awaits its confirmation.
 * @throws RATE_LIMITED
 */
export async function confirmTotpEnrolment(
  deps: ConfirmTotpEnrolmentDeps,
  input: { readonly userId: string; readonly code: string },
): Promise<string[]> {
  const { userId, code } = input;
  const device = await deps.secondFactors.deviceOf(userId);
  if (device === null || device.confirmed) throw notFound('enrolment');
  await deps.throttle.attempt(secondFactorLimits(userId));
  const { sealedSecret } = device;
  const at = deps.now();
  const step = stepOf(code, deps.box.open(secretLabel(userId), sealedSecret), at);
  if (step === null) throw new InvalidSecondFactorError();
  const recoveryCodes = newRecoveryCodes(deps.random);
  const recoveryHashes = recoveryCodes.map(hashOfRecoveryCode);
  const confirmed = await deps.secondFactors.confirmDevice({ userId, sealedSecret, step, recoveryHashes, at });
  if (!confirmed) throw notFound('enrolment');
  await deps.throttle.succeeded(secondFactorLimits(userId));
  return recoveryCodes;
}
