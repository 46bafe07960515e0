import { AesSecretBox, type SecretBox } from '@marquee/database';
import { hkdfSync } from 'node:crypto';

/** Addresses that tickets are offered to, which a copy of the database alone does not reveal. */
export class SealedAddresses {
  readonly #boxes: readonly [SecretBox, ...SecretBox[]];

  /** @param secrets from which the keys are derived, the present one first */
  constructor([present, ...former]: readonly [string, ...string[]]) {
    this.#boxes = [boxFrom(present), ...former.map(boxFrom)];
  }

  seal(offerId: string, address: string): Uint8Array {
    return this.#boxes[0].seal(offerId, Buffer.from(address));
  }

  /** @throws when no key opens it */
  open(offerId: string, sealed: Uint8Array): string {
    const errors: unknown[] = [];
    for (const box of this.#boxes) {
      try {
        return Buffer.from(box.open(offerId, sealed)).toString();
      } catch (error) {
        errors.push(error);
      }
    }
    throw new AggregateError(errors, `The address of the offer ${offerId} cannot be opened`);
  }
}

function boxFrom(secret: string): SecretBox {
  return new AesSecretBox(new Uint8Array(hkdfSync('sha256', secret, '', 'offer-addresses', 32)));
}
