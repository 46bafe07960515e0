import type { HolderKind, HoldingLimits } from '../protection/holdings/ledger.ts';

/** Limits and timing of subscriptions; times in ms. */
export interface SubscriptionSettings {
  /** Open sockets and streamed responses of this process. */
  readonly maxSockets: number;
  readonly maxSocketsPerNetwork: number;
  /** Of one signed-in user. */
  readonly maxSocketsPerCaller: number;
  /** Open operations of this process, over sockets and streamed responses. */
  readonly maxSubscriptions: number;
  readonly maxSubscriptionsPerNetwork: number;
  readonly maxSubscriptionsPerCaller: number;
  readonly maxSubscriptionsPerSocket: number;
  /** Memory for operations and for what clients have not read yet. */
  readonly maxHeldBytes: number;
  readonly maxHeldBytesPerNetwork: number;
  readonly maxHeldBytesPerCaller: number;
  /** Messages from one socket, whatever they say; five seconds of them may come at once. */
  readonly maxMessagesPerSecond: number;
  readonly maxMessagesPerSecondPerNetwork: number;
  /** Time within which a client has to read everything it was sent. */
  readonly readTimeoutMs: number;
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
  maxSocketsPerNetwork: 500,
  maxSocketsPerCaller: 50,
  maxSubscriptions: 100_000,
  maxSubscriptionsPerNetwork: 2_500,
  maxSubscriptionsPerCaller: 250,
  maxSubscriptionsPerSocket: 50,
  maxHeldBytes: 256 << 20,
  maxHeldBytesPerNetwork: 64 << 20,
  maxHeldBytesPerCaller: 16 << 20,
  maxMessagesPerSecond: 20,
  maxMessagesPerSecondPerNetwork: 500,
  readTimeoutMs: 60_000,
  initTimeoutMs: 3_000,
  pingEveryMs: 15_000,
  tickMs: 1_000,
  maxBufferedBytes: 64 * 1024,
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

/** Without limits of a network, a caller or a socket, for load tests, whose clients are all at one address. */
export const UNLIMITED_CLIENTS = {
  maxSocketsPerNetwork: Infinity,
  maxSocketsPerCaller: Infinity,
  maxSubscriptionsPerNetwork: Infinity,
  maxSubscriptionsPerCaller: Infinity,
  maxHeldBytesPerNetwork: Infinity,
  maxHeldBytesPerCaller: Infinity,
  maxMessagesPerSecond: Infinity,
  maxMessagesPerSecondPerNetwork: Infinity,
} satisfies Partial<SubscriptionSettings>;

/** The limits of what clients hold, by holder. */
export function holdingLimits(settings: SubscriptionSettings): Readonly<Record<HolderKind, HoldingLimits>> {
  return {
    process: {
      sockets: settings.maxSockets,
      operations: settings.maxSubscriptions,
      bytes: settings.maxHeldBytes,
    },
    network: {
      sockets: settings.maxSocketsPerNetwork,
      operations: settings.maxSubscriptionsPerNetwork,
      bytes: settings.maxHeldBytesPerNetwork,
    },
    caller: {
      sockets: settings.maxSocketsPerCaller,
      operations: settings.maxSubscriptionsPerCaller,
      bytes: settings.maxHeldBytesPerCaller,
    },
  };
}
