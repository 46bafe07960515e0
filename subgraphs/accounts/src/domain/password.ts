import { hash, type Options, verify } from '@node-rs/argon2';
import { WeakPasswordError } from '../errors.ts';

/** OWASP's Password Storage Cheat Sheet: argon2id (the library's default) with 19 MiB, two passes and one lane. */
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const MINIMUM = 10;
const MAXIMUM = 200;
/** Nobody's password is longer, however it is composed; the normal form of a megabyte would hold everybody else up. */
const LONGEST_TYPED = 5 * MAXIMUM;

/** Hashes passwords and compares them. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long when there is no hash: how long it took does not tell whether there is an account. */
  matches(password: string, passwordHash: string | null): Promise<boolean>;
}

/** Passwords by argon2id. */
export function argon2Passwords(): Passwords {
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => hash(normalised(password), ARGON2ID),
    matches: async (password, passwordHash) => {
      nobodys ??= hash('a password that nobody has', ARGON2ID);
      const isPossible = password.length <= LONGEST_TYPED;
      const matches = await verify(passwordHash ?? (await nobodys), isPossible ? normalised(password) : '');
      return matches && isPossible && passwordHash !== null;
    },
  };
}

/** Keyboards differ in how they compose a letter such as ü; NIST SP 800-63B asks for a normal form. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}

/** Those that every guesser tries first, of ten characters and more. */
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

/**
 * Refuses a password that is easy to guess. Length counts, composition does not (NIST SP 800-63B).
 *
 * @param email - the account's address, which the password must not repeat.
 * @throws {WeakPasswordError}
 */
export function refuseWeakPassword(password: string, email: string): void {
  const plain = password.toLowerCase();
  if ([...password].length < MINIMUM) throw new WeakPasswordError(`Use at least ${MINIMUM} characters.`);
  if (password.length > MAXIMUM) throw new WeakPasswordError(`Use at most ${MAXIMUM} characters.`);
  if (COMMON.has(plain)) throw new WeakPasswordError('This password is one of the first that anybody would try.');
  if (new Set(plain).size < 4) throw new WeakPasswordError('Use more than a few different characters.');
  if (plain === email || plain === email.split('@')[0]) {
    throw new WeakPasswordError('Use something other than your e-mail address.');
  }
}
