import type { RandomBytes } from './token.ts';

const CODE_COUNT = 10;
const CODE_LENGTH = 16;
/** Crockford's base 32, which has no letter that looks like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** New recovery codes of 80 random bits each, in groups of four characters. */
export function newRecoveryCodes(random: RandomBytes): string[] {
  return Array.from({ length: CODE_COUNT }, () => {
    const characters = [...random(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
    return characters.join('').replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** A code in the form that is hashed, however it was typed: lower case, no separators, `o` read as 0, `i` and `l` as 1. */
export function normalizeRecoveryCode(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
}
