import { AesSecretBox, type SealedColumn, type SecretBox } from '@marquee/database';
import { hkdfSync } from 'node:crypto';

/** Addresses that tickets are offered to, which a copy of the database alone does not reveal. */
export class SealedAddresses {
  readonly #box: SecretBox;

  /** @param secrets from which the keys are derived, the present one first */
  constructor(secrets: readonly string[]) {
    this.#box = new AesSecretBox(addressKeys(secrets));
  }

  seal(offerId: string, address: string): Uint8Array {
    return this.#box.seal(offerId, Buffer.from(address));
  }

  /** @throws when no key opens it */
  open(offerId: string, sealed: Uint8Array): string {
    return Buffer.from(this.#box.open(offerId, sealed)).toString();
  }
}

export function addressKeys(secrets: readonly string[]): readonly Uint8Array[] {
  return secrets.map((secret) => new Uint8Array(hkdfSync('sha256', secret, '', 'offer-addresses', 32)));
}

/** The column of the addresses. */
export const ADDRESS_COLUMN: SealedColumn = {
  ...{ table: 'ticket_transfers', key: 'id', column: 'to_address', labelled: 'offer_id' },
  label: (offerId) => offerId,
};
