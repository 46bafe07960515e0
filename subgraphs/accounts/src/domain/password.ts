import { WeakPasswordError } from '../errors.ts';

const MIN_LENGTH = 10;
const MAX_LENGTH = 200;
/** Longest input compared with a hash. NFKC normalization of a megabyte would block the event loop. */
export const MAX_TYPED_LENGTH = 5 * MAX_LENGTH;
/** Words that people choose for this site. */
const OUR_WORDS = ['marquee', 'tickets', 'cinema'];
const GUESSABLE =
  'This password is easy to guess: it is like one that leaked elsewhere, a pattern, or your name or address. Use several unrelated words.';

/** Password hashing: slow on purpose, and queued by the network that asks for it, so that none keeps others waiting. */
export interface Passwords {
  /** @throws {CodedError} RATE_LIMITED when too many wait */
  hash(password: string, network: string): Promise<string>;
  /**
   * Takes as long without a hash (null), so that the time does not reveal whether the account exists.
   *
   * @throws {CodedError} RATE_LIMITED when too many wait
   */
  matches(password: string, passwordHash: string | null, network: string): Promise<boolean>;
}

/** Whether a password is, or resembles, one that leaked, a pattern, or the person's own words. */
export type IsGuessable = (password: string, own: readonly string[]) => Promise<boolean>;

/** The person whose password it is: what they are called is tried first. */
export interface PasswordOwner {
  readonly email: string;
  readonly displayName?: string;
}

/** The error of a new password that is the present one: choosing it would end other sessions for nothing. */
export const presentPassword = (): WeakPasswordError =>
  new WeakPasswordError('Choose a password that is not your present one.');

/**
 * Rejects a password that is easy to guess. Length and guesses count, composition does not (NIST SP 800-63B).
 *
 * @throws {WeakPasswordError}
 */
export async function assertStrongPassword(
  { isGuessable }: { readonly isGuessable: IsGuessable },
  password: string,
  { email, displayName = '' }: PasswordOwner,
): Promise<void> {
  if ([...password].length < MIN_LENGTH) throw new WeakPasswordError(`Use at least ${MIN_LENGTH} characters.`);
  if (password.length > MAX_LENGTH) throw new WeakPasswordError(`Use at most ${MAX_LENGTH} characters.`);
  const own = [email, ...email.split('@'), displayName, ...displayName.split(' ')].filter((word) => word.length > 2);
  if (await isGuessable(password, [...OUR_WORDS, ...own])) throw new WeakPasswordError(GUESSABLE);
}
