import { UNKNOWN_NETWORK } from './device.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A guessed factor and its owner, who is notified when it is guessed often. */
export interface Guessed {
  readonly userId: string;
  readonly factor: GuessedFactor;
}

export type GuessedFactor = 'PASSWORD' | 'SECOND_FACTOR';

/** Wrong guesses after which the owner is notified. Somebody who guesses the second factor has the password. */
export const TOLD_AFTER: Readonly<Record<GuessedFactor, number>> = { PASSWORD: 10, SECOND_FACTOR: 3 };

/** The attempts that a subject, such as a network on an account, may make. */
export interface AttemptLimit {
  readonly subject: string;
  /** Attempts in one window. */
  readonly max: number;
  readonly windowMs: number;
  /**
   * Slows down instead of refusing until the window ends: each attempt beyond `max` waits for one second, then two,
   * four and so on up to this, and begins the window anew.
   */
  readonly slowsToMs?: number;
  /** The effect of a success: it clears the count, takes itself back, or counts like a failure. */
  readonly onSuccess: 'clear' | 'withdraw' | 'keep';
  readonly guessed?: Guessed | undefined;
}

/** The settings among the limits. */
export interface AttemptSettings {
  readonly signUpsPerNetwork: number;
  readonly loginsPerNetwork: number;
}

/** Who attempts. */
export interface Attempter {
  readonly network: string;
  /** The fingerprint of a device on which this account signed in before; null for any other device. */
  readonly knownDevice: string | null;
}

const STRICT = { max: 10, windowMs: 15 * MINUTE_MS, onSuccess: 'clear' } as const;

/**
 * Limits of passwords tried for an email address, registered or not; null when it is not an address. The limits of an
 * unknown device never keep a known one out.
 */
export function loginLimits(
  { loginsPerNetwork }: AttemptSettings,
  email: string | null,
  { network, knownDevice }: Attempter,
  userId: string | null,
): AttemptLimit[] {
  const guessed = userId === null ? undefined : { userId, factor: 'PASSWORD' as const };
  if (knownDevice !== null) return [{ subject: `login:${email}:device:${knownDevice}`, ...STRICT, guessed }];
  const ofNetwork = networkLimit('login', network, loginsPerNetwork);
  if (email === null) return ofNetwork;
  const slow = { max: 20, windowMs: HOUR_MS, slowsToMs: 5 * MINUTE_MS, onSuccess: 'withdraw' } as const;
  return [
    ...ofNetwork,
    { subject: `login:${email}:network:${network}`, ...STRICT },
    { subject: `login:${email}`, ...slow, guessed },
  ];
}

/** Limit of new accounts from a network, and of answers that reveal an existing one. */
export function registerLimits({ signUpsPerNetwork }: AttemptSettings, network: string): AttemptLimit[] {
  return networkLimit('register', network, signUpsPerNetwork);
}

/** Limits of codes tried on a user's second factor, over all challenges. Whoever tries has the password. */
export function secondFactorLimits(userId: string, { network, knownDevice }: Attempter): AttemptLimit[] {
  const guessed = { userId, factor: 'SECOND_FACTOR' as const };
  const subject = `second-factor:${userId}`;
  if (knownDevice !== null) return [{ subject: `${subject}:device:${knownDevice}`, ...STRICT, guessed }];
  const slow = { max: 10, windowMs: 24 * HOUR_MS, slowsToMs: 15 * MINUTE_MS, onSuccess: 'withdraw' } as const;
  return [
    { subject: `${subject}:network:${network}`, ...STRICT },
    { subject, ...slow, guessed },
  ];
}

/** Limit of codes tried by a user to confirm their own authenticator app. */
export function enrolmentLimits(userId: string): AttemptLimit[] {
  return [{ subject: `enrolment:${userId}`, ...STRICT }];
}

/**
 * Limits of passwords, or of codes, tried in a session to say again who one is. Each has a count of its own: whoever has
 * the password must not clear that of the codes with it. A session can live for months, so the second keeps whoever stole
 * it from finding a code of six digits in that time.
 */
export function identityLimits(sessionId: string, guessed: Guessed): AttemptLimit[] {
  const subject = `identity:${guessed.factor}:${sessionId}`;
  const slow = { max: 30, windowMs: 24 * HOUR_MS, slowsToMs: HOUR_MS, onSuccess: 'clear' } as const;
  return [
    { subject, ...STRICT },
    { subject: `${subject}:day`, ...slow, guessed },
  ];
}

export function networkLimit(kind: string, network: string, max: number): AttemptLimit[] {
  if (network === UNKNOWN_NETWORK) return [];
  return [{ subject: `${kind}:network:${network}`, max, windowMs: 15 * MINUTE_MS, onSuccess: 'keep' }];
}
