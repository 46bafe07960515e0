import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** Codes of the neighbouring steps count too: clocks differ, and typing takes time. */
const WINDOW = 1;

/** What an authenticator app is given. */
export interface TotpEnrolment {
  /** Base32. */
  readonly secret: string;
  readonly otpauthUri: string;
}

/** The enrolment of a secret for somebody. @param label what the app shows beside the issuer */
export function enrolmentOf(secret: Uint8Array, label: string): TotpEnrolment {
  const totp = totpOf(secret, label);
  return { secret: totp.secret.base32, otpauthUri: totp.toString() };
}

/**
 * The time step that a code belongs to; null when it is wrong.
 *
 * @param code with or without blanks
 */
export function stepOf(code: string, secret: Uint8Array, now: Date): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret, '').validate({ token, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
}

function totpOf(secret: Uint8Array, label: string): TOTP {
  const { buffer } = Uint8Array.from(secret);
  const options = { issuer: 'Marquee', algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS };
  return new TOTP({ ...options, label, secret: new Secret({ buffer }) });
}
