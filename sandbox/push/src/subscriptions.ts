import { createECDH, type ECDH, randomBytes } from 'node:crypto';

/** How the service answers a subscription's messages; what is absent is as it should be. */
export interface Answer {
  /** In place of delivering. */
  readonly status?: number;
  /** Seconds, of a 429 or 503. */
  readonly retryAfter?: number;
  /** Never answers. */
  readonly hangs?: boolean;
  /** Longer messages are refused with 413. */
  readonly maxBytes?: number;
}

/** A browser's subscription, as it gives it to a site that may push to it. */
export interface SubscriptionKeys {
  readonly p256dh: string;
  readonly auth: string;
}

/** A subscription, with the keys that a browser would keep to itself. */
export interface Subscription {
  readonly id: string;
  readonly privateKey: ECDH;
  readonly authSecret: Buffer;
  /** Null once the person unsubscribed. */
  answer: Answer | null;
}

const MAX_SUBSCRIPTIONS = 10_000;

/** The latest subscriptions, in memory. */
export class Subscriptions {
  readonly #byId = new Map<string, Subscription>();

  create(): Subscription {
    const privateKey = createECDH('prime256v1');
    privateKey.generateKeys();
    const id = randomBytes(16).toString('base64url');
    const subscription = { id, privateKey, authSecret: randomBytes(16), answer: {} };
    this.#byId.set(id, subscription);
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > MAX_SUBSCRIPTIONS && oldest !== undefined) this.#byId.delete(oldest);
    return subscription;
  }

  find(id: string): Subscription | undefined {
    return this.#byId.get(id);
  }
}

export function keysOf({ privateKey, authSecret }: Subscription): SubscriptionKeys {
  return { p256dh: privateKey.getPublicKey('base64url'), auth: authSecret.toString('base64url') };
}
