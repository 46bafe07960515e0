import { forbidden, notFound } from '@marquee/errors';
import type { RandomBytes } from './opaque-token.ts';
import type { SecretBox } from './secret-box.ts';
import type { SecondFactors } from './second-factor.ts';
import { enrolmentOf, type TotpEnrolment } from './totp.ts';
import type { Users } from './user.ts';

/** RFC 4226 recommends 160 bits. */
const SECRET_BYTES = 20;

export interface StartTotpEnrolmentDeps {
  readonly users: Users;
  readonly secondFactors: SecondFactors;
  readonly box: SecretBox;
  readonly random: RandomBytes;
  readonly now: () => Date;
}

/**
 * Begins to set up an authenticator app; a begun enrolment that was not confirmed is replaced.
 *
 * @throws FORBIDDEN when one is set up: who merely holds a token must not be able to replace it.
 */
export async function startTotpEnrolment(deps: StartTotpEnrolmentDeps, userId: string): Promise<TotpEnrolment> {
  const [user] = await deps.users.withIds([userId]);
  if (user === undefined) throw notFound('user');
  const secret = deps.random(SECRET_BYTES);
  const sealed = deps.box.seal(secretLabel(userId), secret);
  if (!(await deps.secondFactors.startDevice(userId, sealed, deps.now()))) {
    throw forbidden('A second factor is set up already.');
  }
  return enrolmentOf(secret, user.email);
}

/** The label under which somebody's secret is sealed. */
export function secretLabel(userId: string): string {
  return `totp:${userId}`;
}
