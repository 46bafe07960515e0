import { z } from 'zod';

/** RFC 5321 limits a path to 256 octets, two of which are its angle brackets. */
const MAX_LENGTH = 254;
const emailAddress = z.email();

/** The address in the form it is stored and compared in (trimmed, lower case); null when it is not valid. */
export function parseEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= MAX_LENGTH && emailAddress.safeParse(email).success ? email : null;
}
