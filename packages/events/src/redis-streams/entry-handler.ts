import { inTrace, traceOf } from '@marquee/telemetry';

import type { EventCatalogue } from '../catalogue.ts';
import { decodeEvent, type DomainEvent } from '../event.ts';
import type { Subscription } from '../event-log.ts';
import { messageOf } from '../problem.ts';
import { HandlerUnavailableError, retryDelayMs } from '../retry.ts';
import type { ConsumerGroup } from './group.ts';
import { forEachInKeyOrder } from './key-order.ts';
import type { Entry } from './stream-entries.ts';

export interface EntryHandlerOptions {
  readonly group: ConsumerGroup;
  readonly subscription: Subscription;
  readonly catalogue: EventCatalogue;
  /** Called when an event failed that is to be retried. */
  readonly onRetry: () => void;
  /** Called when the handler could not run. */
  readonly onUnavailable: (error: HandlerUnavailableError) => void;
}

interface Decoded {
  readonly entry: Entry;
  readonly event: DomainEvent;
}

/** Has a subscription handle entries, and settles each by the outcome. */
export class EntryHandler {
  /** Whether the last attempt could not run, because something that the handler needs was unreachable. */
  isUnavailable = false;
  private readonly options: EntryHandlerOptions;
  private readonly types: ReadonlySet<string>;

  constructor(options: EntryHandlerOptions) {
    this.options = options;
    this.types = new Set(options.subscription.types);
  }

  /** Handles entries, and acknowledges each, leaves it to a retry or keeps it as a dead letter. */
  async handle(entries: readonly Entry[]): Promise<void> {
    const [known, unknown] = partition(entries, ({ type }) => this.types.has(type));
    // Another process of the consumer may know the type, so the domain hears nothing.
    await this.options.group.settle(unknown, () => null);
    const decoded = await this.decode(known);
    if (decoded.length > 0) await this.handleTogether(decoded);
  }

  /** The entries with their events; what cannot be decoded fails. */
  private async decode(entries: readonly Entry[]): Promise<Decoded[]> {
    const decoded: Decoded[] = [];
    for (const entry of entries) {
      try {
        decoded.push({ entry, event: decodeEvent(entry.event, this.options.catalogue) });
      } catch (error) {
        await this.fail(entry, error);
      }
    }
    return decoded;
  }

  private async handleTogether(decoded: readonly Decoded[]): Promise<void> {
    const entries = decoded.map(({ entry }) => entry);
    try {
      await this.options.subscription.handle(decoded.map(({ event }) => event));
      this.isUnavailable = false;
    } catch (error) {
      if (error instanceof HandlerUnavailableError) return this.postponeAll(entries, error);
      const [first, ...others] = decoded;
      if (first && others.length === 0) return this.failInTrace(first, error);
      return this.handleEach(decoded);
    }
    await this.settle(entries);
  }

  /** Handles entries one by one: one of them fails, and must not hold up the others. */
  private handleEach(decoded: readonly Decoded[]): Promise<void> {
    const { concurrency } = this.options.subscription;
    return forEachInKeyOrder(
      decoded,
      ({ entry }) => entry.key,
      concurrency,
      (each) => this.handleTogether([each]),
    );
  }

  private settle(entries: readonly Entry[]): Promise<void> {
    return this.options.group.settle(entries, ({ type }) => this.options.catalogue.domainOf(type));
  }

  private failInTrace({ entry, event }: Decoded, error: unknown): Promise<void> {
    const fail = (): Promise<void> => this.fail(entry, error);
    return event.traceparent ? inTrace(traceOf(event.traceparent), fail) : fail();
  }

  private async fail(entry: Entry, error: unknown): Promise<void> {
    if (entry.attempt >= this.options.subscription.retry.attempts) return this.deadLetter(entry, error);
    await this.postpone(entry, entry.attempt);
    this.reportFailure(entry, error);
    this.options.onRetry();
  }

  private async postponeAll(entries: readonly Entry[], error: HandlerUnavailableError): Promise<void> {
    this.isUnavailable = true;
    this.options.onUnavailable(error);
    for (const entry of entries) await this.postpone(entry, entry.attempt - 1);
  }

  private async postpone(entry: Entry, attempts: number): Promise<void> {
    const { group, catalogue } = this.options;
    await group.postpone(entry, attempts);
    if (entry.eventId !== '') await group.sendReceipts(catalogue.domainOf(entry.type), [entry], 'retrying');
  }

  private reportFailure({ type, key, id, attempt }: Entry, error: unknown): void {
    const { consumer, retry, report } = this.options.subscription;
    const retryInMs = retryDelayMs(retry, attempt);
    report({ kind: 'event-failed', consumer, eventType: type, key, entry: id, attempt, retryInMs, error });
  }

  /** Keeps an event as a dead letter. */
  async deadLetter(entry: Entry, error: unknown): Promise<void> {
    const { consumer, report } = this.options.subscription;
    const { eventId, type, event, attempt } = entry;
    await this.options.subscription.bury({ id: eventId, type, event, error: messageOf(error), attempts: attempt });
    await this.settle([entry]);
    report({ kind: 'event-dead', consumer, eventType: type, eventId, attempt, error });
  }
}

function partition<T>(items: readonly T[], matches: (item: T) => boolean): [matching: T[], others: T[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}
