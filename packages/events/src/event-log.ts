import type { EventCatalogue, EventType } from './catalogue.ts';
import type { DomainEvent } from './event.ts';
import type { Report } from './problem.ts';
import type { RetryPolicy } from './retry.ts';

/** A message for the clients who listen to a channel right now; nobody gets it later. */
export interface Push {
  readonly channel: string;
  /** Sent as JSON. */
  readonly message: unknown;
}

/** An event that a consumer gave up on. */
export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  /** The event as it was on the wire. */
  readonly event: string;
  readonly type: string;
  readonly error: string;
  readonly attempts: number;
  /** When it was given up, RFC 3339 in UTC. */
  readonly failedAt: string;
}

/** What a consumer wants of the log. */
export interface Subscription {
  /** Names the consumer; each event goes to one process of those that subscribe by the name. */
  readonly consumer: string;
  readonly types: readonly EventType[];
  readonly retry: RetryPolicy;
  /** How many events are handled at a time; those of one key never are. */
  readonly concurrency: number;
  /** Must do nothing for an event that it has handled before. */
  handle(event: DomainEvent): Promise<void>;
  readonly report: Report;
}

/** What a consumer has before it, in events. */
export interface Backlog {
  /** In the log and not handled yet. */
  readonly waiting: number;
  /** Given up. */
  readonly dead: number;
}

/** The running side of a subscription. */
export interface Delivery {
  /** Returns at once; while the log is out of reach it keeps trying. */
  start(): void;
  /** Resolves when the events in hand are handled. What was not handled comes to the next one that starts. */
  stop(): Promise<void>;
  /**
   * Resolves when every event now in the log is handled or dead. For tests.
   *
   * @throws when that takes longer than the deadline
   */
  idle(deadlineMs?: number): Promise<void>;
  backlog(): Promise<Backlog>;
}

/** Hears of the connection to a log. */
export interface LogWatcher {
  lost(): void;
  reached(): void;
}

/** Where domains tell their events: an engine such as Redis Streams. */
export interface EventLog {
  /** The event types it carries. */
  readonly catalogue: EventCatalogue;
  /** How long the log keeps an event, in milliseconds. */
  readonly retentionMs: number;
  /**
   * Appends in order, all or nothing, then pushes. Once it resolves, consumers will get the events. It fails with the
   * connection it began on: another may lead to a log that has lost what came before.
   */
  append(domain: string, events: readonly DomainEvent[], pushes: readonly Push[]): Promise<void>;
  /** The last event of the domain that the log still has; null when it has none. */
  newestEventId(domain: string): Promise<string | null>;
  /**
   * Tells when the log is lost, before anything can be appended to what comes back, and when it is reached again.
   *
   * @returns what stops that
   */
  watch(watcher: LogWatcher): () => void;
  subscribe(subscription: Subscription): Delivery;
  /** The events that the consumer gave up on, oldest first, at most a thousand. */
  deadLetters(consumer: string): Promise<DeadLetter[]>;
  /** Delivers the dead letters to the consumer again. @returns how many */
  replayDeadLetters(consumer: string): Promise<number>;
  /** Resolves when the log answers. */
  ping(): Promise<void>;
  /** Closes the connections, after every delivery was stopped. */
  close(): Promise<void>;
}
