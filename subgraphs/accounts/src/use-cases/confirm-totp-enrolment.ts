import { notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import { enrolmentLimits } from '../domain/attempt-limits.ts';
import type { CredentialChanges, SecondFactors } from '../domain/ports.ts';
import { recordedAttempt } from '../domain/recorded-attempt.ts';
import { newRecoveryCodes, normalizeRecoveryCode } from '../domain/recovery-code.ts';
import type { SecretBox } from '@marquee/database';
import type { Throttle } from '../domain/throttle.ts';
import type { HashToken, RandomBytes } from '../domain/token.ts';
import { matchingStep, type Totp } from '../domain/totp.ts';
import { InvalidSecondFactorError } from '../errors.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';

export interface ConfirmTotpEnrolmentDeps extends AnnounceChangeDeps {
  readonly secondFactors: Pick<SecondFactors, 'deviceOf'>;
  readonly credentialChanges: Pick<CredentialChanges, 'confirmTotp'>;
  readonly secretBox: SecretBox;
  readonly totp: Totp;
  readonly throttle: Throttle;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/**
 * Turns the second factor on, given a correct code of the app. Other sessions end.
 *
 * @returns the recovery codes, of which only hashes are stored
 * @throws {InvalidSecondFactorError}
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh
 * @throws {CodedError} NOT_FOUND when no enrolment awaits confirmation
 * @throws {CodedError} RATE_LIMITED
 */
export async function confirmTotpEnrolment(
  deps: ConfirmTotpEnrolmentDeps,
  { caller, code }: { caller: UserCaller; code: string },
): Promise<string[]> {
  assertFreshSignIn(caller, deps.now());
  const { userId } = caller;
  const device = await deps.secondFactors.deviceOf(userId);
  if (device === null || device.confirmed) throw notFound('enrolment');
  const { sealedSecret } = device;
  const confirm = () => confirmDevice(deps, { caller, code, sealedSecret });
  const attempt = () => deps.throttle.attempt(enrolmentLimits(userId), confirm);
  return recordedAttempt(deps.securityEvent, { userId }, attempt);
}

async function confirmDevice(
  deps: ConfirmTotpEnrolmentDeps,
  { caller, code, sealedSecret }: { caller: UserCaller; code: string; sealedSecret: Uint8Array },
): Promise<string[]> {
  const { userId, sessionId: keep } = caller;
  const at = deps.now();
  const step = matchingStep(deps, { userId, sealedSecret, code, at });
  if (step === null) throw new InvalidSecondFactorError();
  const recoveryCodes = newRecoveryCodes(deps.random);
  const recoveryHashes = recoveryCodes.map((recoveryCode) => deps.hashToken(normalizeRecoveryCode(recoveryCode)));
  const confirmation = { userId, sealedSecret, step, recoveryHashes, keep, at };
  const ended = await deps.credentialChanges.confirmTotp(confirmation);
  if (ended === null) throw notFound('enrolment');
  await announceChange(deps, { by: caller, detail: 'TOTP_ENABLED', ended, at });
  return recoveryCodes;
}
