/** How live subscriptions behave; all times in ms. */
export interface SubscriptionSettings {
  readonly maxSockets: number;
  readonly maxSubscriptionsPerSocket: number;
  /** Subscriptions in this process, over sockets and event streams together. */
  readonly maxSubscriptions: number;
  /** A client's first message must come within this time. */
  readonly initTimeoutMs: number;
  /** A silent connection is pinged this often and given up when it has not answered by the next time. */
  readonly pingEveryMs: number;
  /** How often one timer looks at all connections for what is due: pings, expired tokens. */
  readonly tickMs: number;
  /** Unsent bytes after which a connection counts as slow. */
  readonly maxBufferedBytes: number;
  /** Unsent bytes after which a connection is cut: it takes answers much slower than it asks. */
  readonly maxUnsentBytes: number;
  /** Events that wait for a slow client; then the oldest is dropped. */
  readonly maxQueuedEvents: number;
  /** Events of one upstream that wait for hydration; then the oldest is dropped. */
  readonly maxPendingEvents: number;
  /** The largest message a client may send, bytes. */
  readonly maxMessageBytes: number;
  /** Subscriptions that a new supergraph ends are ended at random moments within this time. */
  readonly reloadWindowMs: number;
  /** A lost upstream is sought again for this long. */
  readonly reconnectForMs: number;
  /** An upstream that never worked is sought for this long. */
  readonly connectForMs: number;
  /** The longest wait before the first new attempt; doubled with each up to `reconnectMaxDelayMs`. */
  readonly reconnectDelayMs: number;
  readonly reconnectMaxDelayMs: number;
  /** How long one event's hydration may take. */
  readonly hydrationTimeoutMs: number;
}

export const DEFAULT_SUBSCRIPTION_SETTINGS: SubscriptionSettings = {
  maxSockets: 20_000,
  maxSubscriptionsPerSocket: 50,
  maxSubscriptions: 100_000,
  initTimeoutMs: 3_000,
  pingEveryMs: 15_000,
  tickMs: 1_000,
  maxBufferedBytes: 256 * 1024,
  maxUnsentBytes: 16 << 20,
  maxQueuedEvents: 64,
  maxPendingEvents: 256,
  maxMessageBytes: 256 * 1024,
  reloadWindowMs: 10_000,
  reconnectForMs: 60_000,
  connectForMs: 3_000,
  reconnectDelayMs: 200,
  reconnectMaxDelayMs: 10_000,
  hydrationTimeoutMs: 10_000,
};
