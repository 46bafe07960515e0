import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const TOKEN = /^adm_(\d{10,11})_([\w-]{43})$/;

/** Whom a token admits to the seats of which show. */
interface Admitted {
  readonly showId: string;
  readonly customerId: string;
}

/**
 * The tokens of customers whom a waiting room has admitted: the second until which each is valid, and an HMAC of it, the
 * show and the customer. So a hold is checked without a statement, and a token is worth nothing to anybody else.
 */
export class AdmissionTokens {
  readonly #keys: readonly Buffer[];
  readonly #now: () => Date;

  /** @param secrets from which the keys are derived, the present one first */
  constructor(secrets: readonly string[], now: () => Date) {
    this.#keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'admissions', 32)));
    this.#now = now;
  }

  tokenOf(admitted: Admitted, validUntil: Date): string {
    const second = Math.floor(validUntil.getTime() / 1_000);
    return `adm_${second}_${this.#macs(admitted, second)[0]?.toString('base64url')}`;
  }

  admits(token: string, admitted: Admitted): boolean {
    const [, digits = '', mac = ''] = TOKEN.exec(token) ?? [];
    const second = Number(digits);
    const given = Buffer.from(mac, 'base64url');
    const isOurs = this.#macs(admitted, second).some(
      (own) => own.length === given.length && timingSafeEqual(own, given),
    );
    return isOurs && second * 1_000 > this.#now().getTime();
  }

  #macs({ showId, customerId }: Admitted, second: number): Buffer[] {
    const text = JSON.stringify([showId, customerId, second]);
    return this.#keys.map((key) => createHmac('sha256', key).update(text).digest());
  }
}
