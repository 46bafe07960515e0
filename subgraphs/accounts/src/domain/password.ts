import { WeakPasswordError } from '../errors.ts';

const MIN_LENGTH = 10;
const MAX_LENGTH = 200;
/** Longest input compared with a hash. NFKC normalization of a megabyte would block the event loop. */
export const MAX_TYPED_LENGTH = 5 * MAX_LENGTH;
const MIN_DISTINCT_CHARACTERS = 4;

/** The most common passwords of ten or more characters. */
const COMMON = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '12345678910',
  '123456789a',
  'q1w2e3r4t5',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwerty1234',
  'qwerty12345',
  'qwerty123456',
  'asdfghjkl1',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'iloveyou12',
  'iloveyou123',
  'letmein1234',
  'welcome123',
  'welcome1234',
  'administrator',
  'changeme123',
  'abcdefghij',
  'abcd123456',
  'football123',
  'baseball123',
  'sunshine123',
  'princess123',
  'superman123',
]);

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

/**
 * Rejects a password that is easy to guess. Length counts, composition does not (NIST SP 800-63B).
 *
 * @param email the account's address, which the password must not repeat
 * @throws {WeakPasswordError}
 */
export function assertStrongPassword(password: string, email: string): void {
  const plain = password.toLowerCase();
  if ([...password].length < MIN_LENGTH) throw new WeakPasswordError(`Use at least ${MIN_LENGTH} characters.`);
  if (password.length > MAX_LENGTH) throw new WeakPasswordError(`Use at most ${MAX_LENGTH} characters.`);
  if (COMMON.has(plain)) throw new WeakPasswordError('This password is too common. Choose another one.');
  if (new Set(plain).size < MIN_DISTINCT_CHARACTERS) {
    throw new WeakPasswordError(`Use at least ${MIN_DISTINCT_CHARACTERS} different characters.`);
  }
  if (plain === email || plain === email.split('@')[0]) {
    throw new WeakPasswordError('Choose a password that is not your email address.');
  }
}
