import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const TOKEN = /^offer_([a-z]{3,8}_off_[0-9a-f]{32})_([\w-]{43})$/;

/**
 * The tokens in mails that offer tickets. A token is the offer's id and its HMAC: it is stored nowhere, the same in each try
 * of a mail, and worth nothing once the offer has ended.
 */
export class OfferTokens {
  readonly #keys: readonly Buffer[];

  /** @param secrets from which the keys are derived, the present one first */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'ticket-offers', 32)));
  }

  tokenOf(offerId: string): string {
    return `offer_${offerId}_${this.#macs(offerId)[0]?.toString('base64url')}`;
  }

  /** The offer of a token; null when it is not one of ours. */
  offerOf(token: string): string | null {
    const [, offerId = '', mac = ''] = TOKEN.exec(token.trim()) ?? [];
    const given = Buffer.from(mac, 'base64url');
    const isOurs = this.#macs(offerId).some((own) => own.length === given.length && timingSafeEqual(own, given));
    return isOurs ? offerId : null;
  }

  #macs(offerId: string): Buffer[] {
    return this.#keys.map((key) => createHmac('sha256', key).update(offerId).digest());
  }
}
