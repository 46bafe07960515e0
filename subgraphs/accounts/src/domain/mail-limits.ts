import type { AttemptLimit } from './attempt-limits.ts';

const WINDOW = { windowMs: 15 * 60_000, onSuccess: 'keep' } as const;

/** Limit of mails that a user can have sent to an address that is not known to be theirs. */
export function verificationLimits(userId: string): AttemptLimit[] {
  return [{ subject: `verification-mail:${userId}`, max: 5, ...WINDOW }];
}
