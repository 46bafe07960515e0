import { Secret, TOTP } from 'otpauth';

import { type Totp, TOTP_PERIOD_SECONDS, type TotpEnrolment } from '../domain/totp.ts';

/** Time-based one-time passwords by otpauth. */
export const otpauthTotp: Totp = {
  enrolment(secret: Uint8Array, account: string): TotpEnrolment {
    const totp = newTotp(secret, account);
    return { secret: totp.secret.base32, otpauthUri: totp.toString() };
  },

  drift: (code, secret, at, maxDrift) =>
    newTotp(secret, '').validate({ token: code, timestamp: at.getTime(), window: maxDrift }),
};

function newTotp(secret: Uint8Array, label: string): TOTP {
  const { buffer } = Uint8Array.from(secret);
  const options = { issuer: 'Marquee', algorithm: 'SHA1', digits: 6, period: TOTP_PERIOD_SECONDS };
  return new TOTP({ ...options, label, secret: new Secret({ buffer }) });
}
