import { z } from 'zod';

/** RFC 5321 leaves a path 256 octets with its angle brackets. */
const LENGTH = 254;
const address = z.email();

/** The form that addresses are kept and compared in: trimmed, in lower case. */
export function normalisedEmail(text: string): string {
  return text.trim().toLowerCase();
}

/** Whether a normalised text is an e-mail address. */
export function isEmail(normalised: string): boolean {
  return normalised.length <= LENGTH && address.safeParse(normalised).success;
}
