import { hash, type Options, verify } from '@node-rs/argon2';

import { MAX_TYPED_LENGTH, type Passwords } from '../domain/password.ts';

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default), 19 MiB, two passes, one lane. */
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Password hashing by argon2id. */
export class Argon2Passwords implements Passwords {
  #decoy: Promise<string> | undefined;

  async hash(password: string): Promise<string> {
    return hash(normalize(password), ARGON2ID);
  }

  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    this.#decoy ??= hash('a password that nobody has', ARGON2ID);
    const isPossible = password.length <= MAX_TYPED_LENGTH;
    const matches = await verify(passwordHash ?? (await this.#decoy), isPossible ? normalize(password) : '');
    return matches && isPossible && passwordHash !== null;
  }
}

/** Keyboards differ in how they compose a letter such as ü; NIST SP 800-63B asks for one normal form. */
function normalize(password: string): string {
  return password.normalize('NFKC');
}
