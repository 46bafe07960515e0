import { type AttemptLimit, networkLimit } from './attempt-limits.ts';

const WINDOW = { windowMs: 15 * 60_000, onSuccess: 'keep' } as const;

/** Limit of mails that a user can have sent to an address that is not known to be theirs. */
export function verificationLimits(userId: string): AttemptLimit[] {
  return [{ subject: `verification-mail:${userId}`, max: 5, ...WINDOW }];
}

/** Limit of password resets that a network asks for, over all addresses. */
export function resetNetworkLimits(network: string): AttemptLimit[] {
  return networkLimit('password-reset', network, 20);
}

/** Limit of mails to one address, whether or not an account has it. */
export function resetAddressLimits(email: string): AttemptLimit[] {
  return [{ subject: `password-reset:${email}`, max: 3, ...WINDOW }];
}
