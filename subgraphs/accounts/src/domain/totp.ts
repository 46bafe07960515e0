import type { SecretBox } from '@marquee/database';

/** RFC 4226 recommends 160 bits. */
export const TOTP_SECRET_BYTES = 20;
export const TOTP_PERIOD_SECONDS = 30;
/** Steps that a code may be early or late: clocks differ, and typing takes time. */
const MAX_DRIFT = 1;
const SIX_DIGITS = /^\d{6}$/;

/** The secret as an authenticator app takes it. */
export interface TotpEnrolment {
  /** Base32. */
  readonly secret: string;
  readonly otpauthUri: string;
}

/** Time-based one-time passwords (RFC 6238): six digits, a step of 30 seconds. */
export interface Totp {
  /** @param account shown in the app beside the issuer */
  enrolment(secret: Uint8Array, account: string): TotpEnrolment;
  /** Steps from now to the step of the code; null when it differs from every code within `maxDrift` steps. */
  drift(code: string, secret: Uint8Array, at: Date, maxDrift: number): number | null;
}

/** The label that a user's secret is sealed under. */
export function totpLabel(userId: string): string {
  return `totp:${userId}`;
}

/** The time step that a code, which may contain spaces, belongs to; null when the code is incorrect. */
export function matchingStep(
  { secretBox, totp }: { readonly secretBox: SecretBox; readonly totp: Totp },
  { userId, sealedSecret, code, at }: { userId: string; sealedSecret: Uint8Array; code: string; at: Date },
): number | null {
  const digits = code.replace(/\s/g, '');
  if (!SIX_DIGITS.test(digits)) return null;
  const drift = totp.drift(digits, secretBox.open(totpLabel(userId), sealedSecret), at, MAX_DRIFT);
  return drift === null ? null : Math.floor(at.getTime() / 1000 / TOTP_PERIOD_SECONDS) + drift;
}
