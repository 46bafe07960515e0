import type { SigningKeys } from './ports.ts';
import {
  type KeyPair,
  nextKeySignsFrom,
  type PublicJwk,
  publishedKeysAt,
  type SigningKey,
  signingKeyAt,
} from './signing-key.ts';

/** Maximum age of the keys in memory, far below the hour that a key is published before it signs. */
const CACHE_MS = 60_000;
/** A rotation adds one key and retires one, so three generations include every published key. */
const GENERATIONS = 3;

export interface KeyRingDeps {
  readonly signingKeys: SigningKeys;
  readonly newKeyPair: () => Promise<KeyPair>;
  readonly now: () => Date;
}

/** The keys that sign access tokens, shared by all processes of accounts. */
export class KeyRing {
  readonly #deps: KeyRingDeps;
  #keys: readonly SigningKey[] = [];
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(deps: KeyRingDeps) {
    this.#deps = deps;
  }

  /** The key to sign with now. The very first call creates one. */
  async signingKey(): Promise<SigningKey> {
    return signingKeyAt(await this.#current(), this.#deps.now());
  }

  /** Public keys of all tokens that are valid now or soon will be. */
  async jwks(): Promise<{ keys: PublicJwk[] }> {
    const published = publishedKeysAt(await this.#current(), this.#deps.now());
    return { keys: published.map(({ publicJwk }) => ({ ...publicJwk })) };
  }

  /** Adds the next key when it is due, and deletes the keys that are no longer published. */
  async rotate(): Promise<void> {
    const at = this.#deps.now();
    const [newest] = await this.#read();
    const signsFrom = newest && nextKeySignsFrom(newest, at);
    if (signsFrom) {
      await this.#add(newest.generation + 1, at, signsFrom);
      await this.#read();
    }
    const oldest = publishedKeysAt(this.#keys, at).at(-1);
    if (oldest) await this.#deps.signingKeys.deleteBefore(oldest.generation);
  }

  async #current(): Promise<readonly SigningKey[]> {
    const isFresh = this.#deps.now().getTime() - this.#readAt < CACHE_MS;
    return isFresh ? this.#keys : this.#read();
  }

  async #read(): Promise<readonly SigningKey[]> {
    const { signingKeys, now } = this.#deps;
    const at = now();
    let keys = await signingKeys.newest(GENERATIONS);
    if (keys.length === 0) {
      await this.#add(1, at, at);
      keys = await signingKeys.newest(GENERATIONS);
    }
    this.#keys = keys;
    this.#readAt = at.getTime();
    return keys;
  }

  async #add(generation: number, createdAt: Date, signsFrom: Date): Promise<void> {
    const keyPair = await this.#deps.newKeyPair();
    await this.#deps.signingKeys.add({ ...keyPair, generation, createdAt, signsFrom });
  }
}
