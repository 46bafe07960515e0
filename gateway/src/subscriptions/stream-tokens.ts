import { randomUUID } from 'node:crypto';
import { CodedError, forbidden } from '@marquee/errors';
import type { Caller } from '@marquee/identity';
import { jwtVerify, SignJWT } from 'jose';

/** Time between a reservation and its event stream, seconds. */
const RESERVED_FOR_SECONDS = 60;

/** Longer than any reservation. */
const MAX_TOKEN = 512;

/**
 * Reservations of event streams in the single connection mode.
 *
 * A reservation is a signed token and nothing is stored, so any gateway with the same key takes it, and reservations
 * that nobody uses cost nothing. A gateway opens each only once: a token, which may be read in a proxy's log, does not
 * get the events of a stream that its owner believes to be open.
 */
export class StreamTokens {
  readonly #key: Uint8Array;
  readonly #now: () => number;
  /** The times at which opened reservations expire, oldest first. */
  readonly #opened = new Map<string, number>();

  constructor(key: Uint8Array, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  reserve(caller: Caller): Promise<string> {
    const now = Math.floor(this.#now() / 1_000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setJti(randomUUID())
      .setSubject(nameOf(caller))
      .setExpirationTime(now + RESERVED_FOR_SECONDS)
      .sign(this.#key);
  }

  /** The owner of a reservation. @throws NOT_FOUND when it is unknown, has expired or was opened before */
  async ownerOf(token: string): Promise<string> {
    const options = { algorithms: ['HS256'], currentDate: new Date(this.#now()) };
    const verified =
      token.length <= MAX_TOKEN ? await jwtVerify(token, this.#key, options).catch(() => undefined) : undefined;
    const owner = verified?.payload.sub;
    if (owner === undefined || this.#opened.has(token)) {
      const message = 'This reservation is unknown, has expired or was opened before. Make a new one with PUT.';
      throw new CodedError('NOT_FOUND', message);
    }
    return owner;
  }

  /** Keeps a reservation from being opened again. */
  markOpened(token: string): void {
    const now = this.#now();
    for (const [opened, expiresAt] of this.#opened) {
      if (expiresAt > now) break;
      this.#opened.delete(opened);
    }
    this.#opened.set(token, now + RESERVED_FOR_SECONDS * 1_000);
  }
}

/** @throws FORBIDDEN when the caller is not the owner */
export function checkOwner(owner: string, caller: Caller): void {
  if (owner !== nameOf(caller)) throw forbidden('This event stream was reserved by another caller.');
}

/** The user that an owner names. */
export function userIn(owner: string): string | undefined {
  return owner.startsWith(USER) ? owner.slice(USER.length) : undefined;
}

const USER = 'user ';

function nameOf(caller: Caller): string {
  return caller.kind === 'user' ? USER + caller.userId : caller.kind;
}
