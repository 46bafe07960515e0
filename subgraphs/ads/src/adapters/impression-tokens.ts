import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const SEAL_BYTES = 16;
/** The token's use: the key signs nothing else under it. */
const PURPOSE = 'impression:';

/** Impression tokens: the id of a placement, signed, so that nobody makes one up. The first key signs, any verifies. */
export class ImpressionTokens {
  readonly #keys: readonly Uint8Array[];

  constructor(keys: readonly Uint8Array[]) {
    this.#keys = keys;
  }

  tokenFor(placementId: string): string {
    const id = Buffer.from(placementId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, sealOf(id, this.#keys[0] ?? new Uint8Array())]).toString('base64url');
  }

  /** The placement that a token is for; null for a forged one. */
  placementIn(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== ID_BYTES + SEAL_BYTES) return null;
    const [id, seal] = [bytes.subarray(0, ID_BYTES), bytes.subarray(ID_BYTES)];
    if (!this.#keys.some((key) => timingSafeEqual(seal, sealOf(id, key)))) return null;
    return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

function sealOf(id: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(PURPOSE).update(id).digest().subarray(0, SEAL_BYTES);
}
