import { hashOf, type RandomBytes } from './opaque-token.ts';

const HOW_MANY = 10;
/** Crockford's base 32: no letter that is taken for a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 16;

/** New recovery codes of 80 random bits, in groups of four. */
export function newRecoveryCodes(random: RandomBytes): string[] {
  return Array.from({ length: HOW_MANY }, () => {
    const letters = [...random(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
    return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** What is kept of a code, however it was typed: without hyphens, in capitals, with an o for a zero. */
export function hashOfRecoveryCode(typed: string): string {
  const plain = typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  return hashOf(plain);
}
