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

/** An event that failed on every attempt. */
export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  /** The encoded event. */
  readonly event: string;
  readonly type: string;
  readonly error: string;
  readonly attempts: number;
  /** The time of the last failure, RFC 3339 in UTC. */
  readonly failedAt: string;
}

/** A consumer's request for events. */
export interface Subscription {
  /** The consumer's name; processes that share it share its events. */
  readonly consumer: string;
  readonly types: readonly EventType[];
  readonly retry: RetryPolicy;
  /** Events handled concurrently; events of one key are handled one after the other. */
  readonly concurrency: number;
  /** Must be idempotent: an event may be delivered more than once. */
  handle(event: DomainEvent): Promise<void>;
  readonly report: Report;
}

/** A consumer's outstanding events. */
export interface Backlog {
  /** Events in the log that are not handled yet. */
  readonly waiting: number;
  /** Dead letters. */
  readonly dead: number;
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
  backlog(): Promise<Backlog>;
}

/** Observes the connection to a log. */
export interface LogWatcher {
  lost(): void;
  reached(): void;
}

/** The log that domains publish events to; Redis Streams implement it, another engine may. */
export interface EventLog {
  readonly catalogue: EventCatalogue;
  /** How long the log keeps an event, in milliseconds. */
  readonly retentionMs: number;
  /**
   * Appends the events in order, all or none, then pushes. Fails when the connection does, rather than reconnect:
   * the log behind a new connection may have lost earlier events.
   */
  append(domain: string, events: readonly DomainEvent[], pushes: readonly Push[]): Promise<void>;
  /** The id of the domain's newest event in the log; null when the log has none. */
  newestEventId(domain: string): Promise<string | null>;
  /**
   * Reports a lost connection before anything can be appended over the next one, and when the log is reachable again.
   *
   * @returns a function that stops watching
   */
  watch(watcher: LogWatcher): () => void;
  subscribe(subscription: Subscription): Delivery;
  /** The consumer's oldest thousand dead letters, oldest first. */
  deadLetters(consumer: string): Promise<DeadLetter[]>;
  /** Delivers the dead letters to the consumer again. @returns how many */
  replayDeadLetters(consumer: string): Promise<number>;
  ping(): Promise<void>;
  /** Closes the connections. Stop every delivery first. */
  close(): Promise<void>;
}
