import { type AttemptLimit, networkLimit } from './attempt-limits.ts';

const MINUTE_MS = 60_000;
const WINDOW = { windowMs: 15 * MINUTE_MS, onSuccess: 'keep' } as const;
/** Not longer than a code works: whoever gets no more mail has one that does. */
const ADDRESS_WINDOW = { windowMs: 60 * MINUTE_MS, onSuccess: 'keep' } as const;

/** Limits of mails that a user, and all users together, can have sent to an address that is not known to be theirs. */
export function verificationLimits(userId: string, email: string): AttemptLimit[] {
  return [
    { subject: `verification-mail:${userId}`, max: 5, ...WINDOW },
    { subject: `verification-mail:to:${email}`, max: 5, ...ADDRESS_WINDOW },
  ];
}

/** Limits of invitations that an organisation sends, and that an address gets. */
export function invitationLimits(organisationId: string, email: string): AttemptLimit[] {
  return [
    { subject: `invitation-mail:${organisationId}`, max: 50, ...ADDRESS_WINDOW },
    { subject: `invitation-mail:to:${email}`, max: 5, ...ADDRESS_WINDOW },
  ];
}

/** Limit of password resets that a network asks for, over all addresses. */
export function resetNetworkLimits(network: string): AttemptLimit[] {
  return networkLimit('password-reset', network, 20);
}

/** Limit of mails to one address, whether or not an account has it. */
export function resetAddressLimits(email: string): AttemptLimit[] {
  return [{ subject: `password-reset:${email}`, max: 3, ...ADDRESS_WINDOW }];
}
