import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  verify as verifySignature,
} from 'node:crypto';
import { promisify } from 'node:util';

import { codeContent, readCodeContent } from '../domain/ticket-code.ts';
import type { TicketCode, TicketPublicKey, TicketPublicKeys } from '../domain/ticket.ts';

const signInThread = promisify<null, Buffer, KeyObject, Buffer>(sign);
/** The bytes before the 32 of an Ed25519 private key in PKCS #8. */
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');
const SIGNATURE = /^[\w-]{86}$/;
const KEY_ID_LENGTH = 8;

interface TicketKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The keys of tickets' codes: the first one signs, and codes of all of them are valid. */
export class TicketKeys {
  readonly #keys: readonly [TicketKey, ...TicketKey[]];

  /** @param secrets from which the keys are derived, the present one first */
  constructor(secrets: readonly [string, ...string[]]) {
    const [present, ...former] = secrets;
    this.#keys = [keyFrom(present), ...former.map(keyFrom)];
  }

  get publicKeys(): TicketPublicKeys {
    const [present, ...former] = this.#keys;
    return [published(present), ...former.map(published)];
  }

  /** The text of a QR code. */
  sign(code: TicketCode): string {
    const [{ id, privateKey }] = this.#keys;
    const content = codeContent(id, code);
    return `${content}.${sign(null, Buffer.from(content), privateKey).toString('base64url')}`;
  }

  /**
   * The SHA-256 of a QR code's text, in base64url. It is signed in a thread, for lists of many tickets.
   *
   * Whoever has it cannot make the code: that ends with a signature of 512 bits.
   */
  async hashOf(code: TicketCode): Promise<string> {
    const [{ id, privateKey }] = this.#keys;
    const content = codeContent(id, code);
    const signature = await signInThread(null, Buffer.from(content), privateKey);
    return createHash('sha256')
      .update(`${content}.${signature.toString('base64url')}`)
      .digest('base64url');
  }

  /** The content of a code; null when none of the keys signed it. */
  verify(text: string): TicketCode | null {
    const end = text.lastIndexOf('.');
    const [content, signature] = [text.slice(0, end), text.slice(end + 1)];
    const read = readCodeContent(content);
    const key = read && this.#keys.find(({ id }) => id === read.keyId);
    if (!key || !SIGNATURE.test(signature)) return null;
    const isSigned = verifySignature(null, Buffer.from(content), key.publicKey, Buffer.from(signature, 'base64url'));
    return isSigned ? { ticketId: read.ticketId, showId: read.showId, version: read.version } : null;
  }
}

function published({ id, publicKey }: TicketKey): TicketPublicKey {
  return { id, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

function keyFrom(secret: string): TicketKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'ticket-codes', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEADER, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const id = createHash('sha256').update(spki).digest('base64url').slice(0, KEY_ID_LENGTH);
  return { id, privateKey, publicKey };
}
