import { inTrace, traceOf } from '@marquee/telemetry';

import type { EventCatalogue } from '../catalogue.ts';
import { decodeEvent, type DomainEvent } from '../event.ts';
import type { Receipt, Subscription } from '../event-log.ts';
import { messageOf } from '../problem.ts';
import { HandlerUnavailableError, retryDelayMs } from '../retry.ts';
import type { ConsumerGroup } from './group.ts';
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

  /** Handles an entry, and acknowledges it, leaves it to a retry or keeps it as a dead letter. */
  async handle(entry: Entry): Promise<void> {
    if (this.types.has(entry.type)) {
      let event: DomainEvent | undefined;
      try {
        event = decodeEvent(entry.event, this.options.catalogue);
        await this.options.subscription.handle(event);
        this.isUnavailable = false;
      } catch (error) {
        const fail = (): Promise<void> => this.fail(entry, error);
        return event?.traceparent ? inTrace(traceOf(event.traceparent), fail) : fail();
      }
      return this.settle(entry);
    }
    // Another process of the consumer may know the type, so the domain hears nothing.
    await this.options.group.ack(entry);
  }

  private async settle(entry: Entry): Promise<void> {
    await Promise.all([this.options.group.ack(entry), this.sendReceipt(entry, 'settled')]);
  }

  private async sendReceipt(entry: Entry, state: Receipt['state']): Promise<void> {
    if (entry.eventId === '') return;
    await this.options.group.sendReceipt(this.options.catalogue.domainOf(entry.type), entry, state);
  }

  private async fail(entry: Entry, error: unknown): Promise<void> {
    const { attempts } = this.options.subscription.retry;
    if (error instanceof HandlerUnavailableError) {
      this.isUnavailable = true;
      this.options.onUnavailable(error);
      return this.postpone(entry, entry.attempt - 1);
    }
    if (entry.attempt >= attempts) return this.deadLetter(entry, error);
    await this.postpone(entry, entry.attempt);
    this.reportFailure(entry, error);
    this.options.onRetry();
  }

  private async postpone(entry: Entry, attempts: number): Promise<void> {
    await this.options.group.postpone(entry, attempts);
    await this.sendReceipt(entry, 'retrying');
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
    await this.settle(entry);
    report({ kind: 'event-dead', consumer, eventType: type, eventId, attempt, error });
  }
}
