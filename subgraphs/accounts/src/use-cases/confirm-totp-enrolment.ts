import { notFound } from '@marquee/errors';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { enrolmentLimits } from '../domain/attempt-limits.ts';
import type { SecondFactors } from '../domain/ports.ts';
import { recordedAttempt } from '../domain/recorded-attempt.ts';
import { newRecoveryCodes, normalizeRecoveryCode } from '../domain/recovery-code.ts';
import type { SecretBox } from '../domain/secret-box.ts';
import type { Throttle } from '../domain/throttle.ts';
import type { HashToken, RandomBytes } from '../domain/token.ts';
import { matchingStep, type Totp } from '../domain/totp.ts';
import { InvalidSecondFactorError } from '../errors.ts';

export interface ConfirmTotpEnrolmentDeps {
  readonly secondFactors: SecondFactors;
  readonly secretBox: SecretBox;
  readonly totp: Totp;
  readonly throttle: Throttle;
  readonly securityEvent: RecordSecurityEvent;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/**
 * Turns the second factor on, given a correct code of the app.
 *
 * @returns the recovery codes, of which only hashes are stored
 * @throws {InvalidSecondFactorError}
 * @throws {CodedError} NOT_FOUND when no enrolment awaits confirmation
 * @throws {CodedError} RATE_LIMITED
 */
export async function confirmTotpEnrolment(
  deps: ConfirmTotpEnrolmentDeps,
  { userId, code }: { userId: string; code: string },
): Promise<string[]> {
  const device = await deps.secondFactors.deviceOf(userId);
  if (device === null || device.confirmed) throw notFound('enrolment');
  const { sealedSecret } = device;
  const confirm = () => confirmDevice(deps, { userId, code, sealedSecret });
  const attempt = () => deps.throttle.attempt(enrolmentLimits(userId), confirm);
  const recoveryCodes = await recordedAttempt(deps.securityEvent, { userId }, attempt);
  deps.securityEvent('credentials-changed', { userId, detail: 'second factor' });
  return recoveryCodes;
}

async function confirmDevice(
  deps: ConfirmTotpEnrolmentDeps,
  { userId, code, sealedSecret }: { userId: string; code: string; sealedSecret: Uint8Array },
): Promise<string[]> {
  const at = deps.now();
  const step = matchingStep(deps, { userId, sealedSecret, code, at });
  if (step === null) throw new InvalidSecondFactorError();
  const recoveryCodes = newRecoveryCodes(deps.random);
  const recoveryHashes = recoveryCodes.map((recoveryCode) => deps.hashToken(normalizeRecoveryCode(recoveryCode)));
  const confirmed = await deps.secondFactors.confirmDevice({ userId, sealedSecret, step, recoveryHashes, at });
  if (!confirmed) throw notFound('enrolment');
  return recoveryCodes;
}
