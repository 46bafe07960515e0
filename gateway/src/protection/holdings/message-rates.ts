import { LRUCache } from 'lru-cache';

/** Messages of this many seconds may come at once. */
const BURST_SECONDS = 5;

/** A larger message counts as several. */
const BYTES_PER_MESSAGE = 4_096;

/** A handshake costs as much as this many messages. */
const MESSAGES_PER_HANDSHAKE = 5;

/** Networks whose rate is remembered. */
const MAX_NETWORKS = 20_000;

/** Allows a rate on average, and five seconds of it at once unless told otherwise. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burstMs: number;
  /** The time at which it is full again, ms. */
  #fullAt = 0;

  constructor(perSecond: number, burstSeconds = BURST_SECONDS) {
    this.#perSecond = perSecond;
    this.#burstMs = burstSeconds * 1_000;
  }

  take(amount: number, now: number): boolean {
    const fullAt = Math.max(this.#fullAt, now) + (amount * 1_000) / this.#perSecond;
    if (fullAt - now > this.#burstMs) return false;
    this.#fullAt = fullAt;
    return true;
  }
}

export interface MessageRatesOptions {
  /** From one socket. */
  readonly perSocket: number;
  /** From all sockets of a network. */
  readonly perNetwork: number;
  readonly now: () => number;
}

/** Limits on the messages a second that sockets send, whatever they say. */
export class MessageRates {
  readonly #options: MessageRatesOptions;
  readonly #networks = new LRUCache<string, TokenBucket>({ max: MAX_NETWORKS });

  constructor(options: MessageRatesOptions) {
    this.#options = options;
  }

  /** Counts a new connection of its network. @returns whether the limit allows it */
  connect(network: string): boolean {
    return this.#bucketOf(network).take(MESSAGES_PER_HANDSHAKE, this.#options.now());
  }

  /** Counts messages of one socket: given a message's size, says which limit it exceeds. */
  counterFor(network: string): (bytes: number) => 'socket' | 'network' | undefined {
    const { perSocket, now } = this.#options;
    const socket = new TokenBucket(perSocket);
    return (bytes) => {
      const [amount, at] = [Math.max(1, Math.ceil(bytes / BYTES_PER_MESSAGE)), now()];
      if (!socket.take(amount, at)) return 'socket';
      return this.#bucketOf(network).take(amount, at) ? undefined : 'network';
    };
  }

  #bucketOf(network: string): TokenBucket {
    const known = this.#networks.get(network);
    if (known) return known;
    const bucket = new TokenBucket(this.#options.perNetwork);
    this.#networks.set(network, bucket);
    return bucket;
  }
}
