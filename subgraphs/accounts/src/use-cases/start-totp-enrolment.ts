import { forbidden, notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import type { SecondFactors, Users } from '../domain/ports.ts';
import type { SecretBox } from '@marquee/database';
import type { RandomBytes } from '../domain/token.ts';
import { type Totp, TOTP_SECRET_BYTES, type TotpEnrolment, totpLabel } from '../domain/totp.ts';

export interface StartTotpEnrolmentDeps {
  readonly users: Users;
  readonly secondFactors: SecondFactors;
  readonly secretBox: SecretBox;
  readonly totp: Totp;
  readonly random: RandomBytes;
  readonly now: () => Date;
}

/**
 * Starts the enrolment of an authenticator app. It replaces an enrolment that was not confirmed.
 *
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh, or the user has a second factor: a stolen access token
 *   must not be enough to add or replace one
 */
export async function startTotpEnrolment(deps: StartTotpEnrolmentDeps, caller: UserCaller): Promise<TotpEnrolment> {
  assertFreshSignIn(caller, deps.now());
  const { userId } = caller;
  const [user] = await deps.users.findMany([userId]);
  if (user === undefined) throw notFound('user');
  const secret = deps.random(TOTP_SECRET_BYTES);
  const sealedSecret = deps.secretBox.seal(totpLabel(userId), secret);
  const started = await deps.secondFactors.startDevice(userId, sealedSecret, deps.now());
  if (!started) throw forbidden('You have already set up an authenticator app.');
  return deps.totp.enrolment(secret, user.email);
}
