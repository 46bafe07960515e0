/** Limits and timing of subscriptions; times in ms. */
export interface SubscriptionSettings {
  readonly maxSockets: number;
  readonly maxSubscriptionsPerSocket: number;
  /** Subscriptions in this process, over sockets and response streams. */
  readonly maxSubscriptions: number;
  /** Time for the client to send `connection_init`. */
  readonly initTimeoutMs: number;
  /** Ping interval. A connection that has not answered by the next ping is closed. */
  readonly pingEveryMs: number;
  /** Interval at which one timer checks all connections for due pings and expired tokens. */
  readonly tickMs: number;
  /** Unsent bytes above which events of a connection are queued. */
  readonly maxBufferedBytes: number;
  /** Unsent bytes above which a connection is terminated. */
  readonly maxUnsentBytes: number;
  /** Events queued for a slow client; above it the oldest is dropped. */
  readonly maxQueuedEvents: number;
  /** Events of one upstream queued for hydration; above it the oldest is dropped. */
  readonly maxPendingEvents: number;
  /** Maximum message from a client, bytes. */
  readonly maxMessageBytes: number;
  /** Subscriptions that a new supergraph ends are spread randomly over this time. */
  readonly reloadWindowMs: number;
  /** Time that a lost upstream is retried. */
  readonly reconnectForMs: number;
  /** Time that an upstream that never connected is retried. */
  readonly connectForMs: number;
  /** Maximum delay before the first retry; doubled with each up to `reconnectMaxDelayMs`. */
  readonly reconnectDelayMs: number;
  readonly reconnectMaxDelayMs: number;
  /** Deadline of the hydration of one event. */
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
