import { networkOf } from '@marquee/identity';

/** The attempts that a subject (a guessed account, or a guessing network) may make in one window. */
export interface AttemptLimit {
  readonly subject: string;
  readonly max: number;
  /** Whether a success clears the count; otherwise only the successful attempt is taken off. */
  readonly clearedBySuccess: boolean;
}

/** Attempts counted in the open window of a subject. */
export interface AttemptCount {
  readonly subject: string;
  readonly attempts: number;
  readonly endsAt: Date;
}

/** Limits of logins, per email address (registered or not) and per network; an unknown one (null) has no limit. */
export function loginLimits(email: string | null, address: string | null): AttemptLimit[] {
  const limits: AttemptLimit[] = [];
  if (email !== null) limits.push({ subject: `login-account:${email}`, max: 10, clearedBySuccess: true });
  if (address === null) return limits;
  return [...limits, { subject: `login-address:${networkOf(address)}`, max: 100, clearedBySuccess: false }];
}

/** Limit of registrations per network that fail and so reveal an existing account; null has no limit. */
export function registerLimits(address: string | null): AttemptLimit[] {
  if (address === null) return [];
  return [{ subject: `register-address:${networkOf(address)}`, max: 100, clearedBySuccess: false }];
}

/** Limit of codes tried on a user's second factor, over all challenges. */
export function secondFactorLimits(userId: string): AttemptLimit[] {
  return [{ subject: `second-factor:${userId}`, max: 10, clearedBySuccess: true }];
}
