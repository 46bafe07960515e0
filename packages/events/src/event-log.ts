import type { EventCatalogue, EventType } from './catalogue.ts';
import type { DomainEvent } from './event.ts';
import type { Report } from './problem.ts';
import type { RetryPolicy } from './retry.ts';

/** A message to the clients subscribed to a channel right now; it is not stored. */
export interface Push {
  readonly channel: string;
  /** Sent as JSON. */
  readonly message: unknown;
}

/** An event to publish, and the messages that go out with it. */
export interface Publication {
  readonly event: DomainEvent;
  readonly pushes: readonly Push[];
}

/** A consumer as it introduces itself to the domains whose events it handles. */
export interface Subscriber {
  readonly consumer: string;
  /** The database that its inbox is in: a new one has none of the effects of the former. */
  readonly inbox: string;
  /** Counts the starts of the consumer's processes; the event types of the last one started count. */
  readonly generation: number;
  readonly types: readonly string[];
  /** When it introduced itself last, RFC 3339 in UTC. */
  readonly at: string;
}

/** A consumer's word on an event. */
export interface Receipt {
  readonly consumer: string;
  readonly eventId: string;
  /** `settled`: handled, or kept as a dead letter. `retrying`: an attempt failed, others follow. */
  readonly state: 'settled' | 'retrying';
}

/** Introductions and receipts that consumers sent to a domain. */
export interface Post {
  readonly subscribers: readonly Subscriber[];
  readonly receipts: readonly Receipt[];
  /** Whether more receipts may be waiting. */
  readonly isPartial: boolean;
}

/** An event that is given up. */
export interface FailedEvent {
  readonly id: string;
  readonly type: string;
  /** The encoded event, which may be what is wrong with it. */
  readonly event: string;
  readonly error: string;
  readonly attempts: number;
}

/** A consumer's request for events. */
export interface Subscription {
  /** The consumer's name; processes that share it share its events. */
  readonly consumer: string;
  readonly types: readonly EventType[];
  readonly retry: RetryPolicy;
  /** Events of a failed batch that are handled concurrently; those of one key are handled one after the other. */
  readonly concurrency: number;
  /** Introduces the consumer; called whenever it joins, and again each minute. */
  introduce(): Promise<Pick<Subscriber, 'inbox' | 'generation'>>;
  /** Handles events, all or none. Must be idempotent: an event may be delivered more than once, and twice in a batch. */
  handle(events: readonly DomainEvent[]): Promise<void>;
  /** Keeps an event that failed on every attempt. */
  bury(failed: FailedEvent): Promise<void>;
  readonly report: Report;
}

/** A subscription being delivered. */
export interface Delivery {
  /** Returns at once, and keeps retrying while the log is unreachable. */
  start(): void;
  /** Resolves when the events in flight are handled. Unhandled events go to the next process that starts. */
  stop(): Promise<void>;
  /**
   * Resolves when every event now in the log is handled or a dead letter. For tests.
   *
   * @throws when the deadline passes first
   */
  idle(deadlineMs?: number): Promise<void>;
  /** The number of events in the log that are not handled yet. */
  waiting(): Promise<number>;
}

/**
 * The log that domains publish events to; Redis Streams implement it, another engine may.
 *
 * It may lose anything at any time: what was delivered is known by the databases at both ends.
 */
export interface EventLog {
  readonly catalogue: EventCatalogue;
  /**
   * Appends the events in order, all or none, and sends their pushes. What an attempt has done that seemed to fail is
   * not done again.
   *
   * @param confirmed events that nobody appends again, so that the log need not remember them
   */
  append(domain: string, publications: readonly Publication[], confirmed?: readonly string[]): Promise<void>;
  /** Delivers events to one consumer once more. Nothing is pushed. */
  redeliver(consumer: string, events: readonly DomainEvent[]): Promise<void>;
  /** The events of a domain and the redelivered ones that wait for a consumer; null while it does not read. */
  waitingFor(consumer: string, domain: string): Promise<number | null>;
  /** Takes the post of a domain since the last time, or a part of it when there is much. */
  takePost(domain: string): Promise<Post>;
  /** Tells a consumer that the domain never redelivers an event that occurred before the instant. */
  setHorizon(consumer: string, domain: string, horizon: Date): Promise<void>;
  /** The last horizon that each domain told a consumer, by domain. */
  horizons(consumer: string): Promise<ReadonlyMap<string, Date>>;
  subscribe(subscription: Subscription): Delivery;
  ping(): Promise<void>;
  /** Closes the connections. Stop every delivery first. */
  close(): Promise<void>;
}
