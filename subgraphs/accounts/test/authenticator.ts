import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const [PRESENT, VERIFIED, HAS_CREDENTIAL] = [0x01, 0x04, 0x40];

/** A browser's answer to a page's script. */
export interface BrowserResponse {
  readonly id: string;
  readonly response: Record<string, unknown>;
}

interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

/** Ways in which an authenticator, or the page around it, misbehaves. */
export interface Deviations {
  readonly origin?: string;
  readonly verified?: boolean;
  readonly userHandle?: string;
}

/** An authenticator with one discoverable credential, in software. It counts its signatures. */
export class SoftwareAuthenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(16);
  #userHandle = '';
  /** Signatures made so far. */
  counter = 0;

  create(options: unknown, deviations: Deviations = {}): BrowserResponse {
    const { challenge, rp, user } = options as Options;
    this.#userHandle = user?.id ?? '';
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const [kty, alg, crv] = [2, -7, 1];
    const key = new Map<number, number | Uint8Array>([
      ...([
        [1, kty],
        [3, alg],
        [-1, crv],
      ] as const),
      ...([
        [-2, bytesOf(x)],
        [-3, bytesOf(y)],
      ] as const),
    ]);
    const length = Buffer.from([0, this.#id.length]);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.#id, isoCBOR.encode(key)]);
    const authData = this.#data(rp?.id, HAS_CREDENTIAL, deviations, credential);
    const statement = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return this.#response({
      clientDataJSON: clientData('webauthn.create', challenge, deviations).toString('base64url'),
      attestationObject: Buffer.from(isoCBOR.encode(statement as never)).toString('base64url'),
      transports: ['internal'],
    });
  }

  get(options: unknown, deviations: Deviations = {}): BrowserResponse {
    const { challenge, rpId } = options as Options;
    this.counter += 1;
    const client = clientData('webauthn.get', challenge, deviations);
    const data = this.#data(rpId, 0, deviations);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    return this.#response({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
      userHandle: deviations.userHandle ?? this.#userHandle,
    });
  }

  #data(rpId = '', flags: number, { verified = true }: Deviations, credential = Buffer.alloc(0)): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(PRESENT | (verified ? VERIFIED : 0) | flags);
    head.writeUInt32BE(this.counter, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), head, credential]);
  }

  #response(response: Record<string, unknown>): BrowserResponse {
    const id = this.#id.toString('base64url');
    return { id, ...{ rawId: id, type: 'public-key', clientExtensionResults: {}, response } };
  }
}

function clientData(type: string, challenge: string, { origin = 'http://localhost:4000' }: Deviations): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function bytesOf(base64url: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64url, 'base64url'));
}
