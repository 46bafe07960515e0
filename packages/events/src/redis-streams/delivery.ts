import { setTimeout as pause } from 'node:timers/promises';
import { inTrace, traceOf } from '@marquee/telemetry';

import type { EventCatalogue } from '../catalogue.ts';
import { decodeEvent, type DomainEvent } from '../event.ts';
import type { Delivery, Receipt, Subscription } from '../event-log.ts';
import { pollTimer } from '../poll-timer.ts';
import { messageOf, suppressRepeats } from '../problem.ts';
import { HandlerUnavailableError, retryDelayMs } from '../retry.ts';
import type { ConsumerGroup, Entry, PendingEntry } from './group.ts';
import { forEachInKeyOrder } from './key-order.ts';

const BATCH = 64;
const SWEEP_MS = 1_000;
const HEARTBEAT_MS = 1_000;
const INTRODUCE_MS = 60_000;
const FAILURE_PAUSE_MS = 500;
const INTERRUPT_MS = 25;
const STOP_READ_MS = 3_000;
const IDLE_CHECK_MS = 5;

/**
 * Delivers the entries of a consumer group to a handler.
 *
 * One loop reads new entries. Another sweeps pending entries, each second and when a retry is due: failures of this
 * process whose backoff is over, and entries of processes whose heartbeat has stopped.
 */
export class RedisStreamsDelivery implements Delivery {
  private readonly group: ConsumerGroup;
  private readonly subscription: Subscription;
  private readonly catalogue: EventCatalogue;
  private readonly types: ReadonlySet<string>;
  private readonly inFlight = new Set<string>();
  private readonly readTimer = pollTimer();
  private readonly sweepTimer = pollTimer();
  private readonly failures: ReturnType<typeof suppressRepeats>;
  private readonly close: () => void;
  private heartbeat: NodeJS.Timeout | undefined;
  private introductions: NodeJS.Timeout | undefined;
  private joined = false;
  private unavailable = false;
  private stopping = false;
  private running: Promise<unknown> | null = null;

  /** @param close closes the connection that the group reads from */
  constructor(group: ConsumerGroup, subscription: Subscription, catalogue: EventCatalogue, close: () => void) {
    this.group = group;
    this.subscription = subscription;
    this.catalogue = catalogue;
    this.types = new Set(subscription.types);
    this.close = close;
    const { consumer, report } = subscription;
    this.failures = suppressRepeats((error) => report({ kind: 'delivery-failed', consumer, error }));
  }

  start(): void {
    if (this.running || this.stopping) return;
    // A missed heartbeat lets another process take over early, which the inbox makes harmless.
    this.heartbeat = setInterval(() => void this.group.sendHeartbeat().catch(() => undefined), HEARTBEAT_MS);
    this.introductions = setInterval(() => void this.introduce().catch(() => undefined), INTRODUCE_MS);
    this.running = Promise.all([this.readLoop(), this.sweepLoop()]);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.readTimer.wake();
    this.sweepTimer.wake();
    if (this.running) await this.finishReading(this.running);
    clearInterval(this.heartbeat);
    clearInterval(this.introductions);
    this.close();
    await this.running;
    // While Redis is down, the heartbeat expires by itself.
    if (this.running) await this.group.leave().catch(() => undefined);
  }

  /** Interrupts until the loops end: a read may begin just after an interruption. */
  private async finishReading(running: Promise<unknown>): Promise<void> {
    const ended = running.then(() => true);
    const deadline = Date.now() + STOP_READ_MS;
    do {
      void this.group.interruptRead().catch(() => undefined);
    } while (
      !(await Promise.race([ended, pause(INTERRUPT_MS, false)])) &&
      (this.inFlight.size > 0 || Date.now() < deadline)
    );
  }

  async idle(deadlineMs = 10_000): Promise<void> {
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      const pendingWork = await this.pendingWork();
      if (pendingWork === null) return;
      if (Date.now() > deadline) throw new Error(`${this.subscription.consumer} is not idle: ${pendingWork}`);
      await pause(IDLE_CHECK_MS);
    }
  }

  waiting(): Promise<number> {
    return this.group.waiting();
  }

  private async pendingWork(): Promise<string | null> {
    if (!this.joined) return 'it has not joined its group';
    for (const stream of this.group.streams) {
      const pendingWork = await this.group.pendingWork(stream);
      if (pendingWork !== null) return pendingWork;
    }
    return null;
  }

  private async readLoop(): Promise<void> {
    while (!this.stopping) {
      try {
        if (!this.joined) await this.join();
        await this.deliverAll(await this.group.read(BATCH));
        if (this.unavailable) await this.readTimer.wait(FAILURE_PAUSE_MS);
        else this.failures.recovered();
      } catch (error) {
        if (this.stopping) return;
        // Redis may have come back without the consumer group.
        this.joined = false;
        this.failures.failed(error);
        await this.readTimer.wait(FAILURE_PAUSE_MS);
      }
    }
  }

  private async join(): Promise<void> {
    await this.introduce();
    await this.group.join();
    await this.group.removeDeadConsumers();
    this.joined = true;
    this.sweepTimer.wake();
  }

  private async introduce(): Promise<void> {
    await this.group.introduce({ ...(await this.subscription.introduce()), types: this.subscription.types });
  }

  private async deliverAll(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.inFlight.add(entryKey(entry));
    await forEachInKeyOrder(
      entries,
      ({ key }) => key,
      this.subscription.concurrency,
      (entry) => this.deliver(entry),
    );
  }

  private async sweepLoop(): Promise<void> {
    while (!this.stopping) {
      let nextMs = SWEEP_MS;
      try {
        if (this.joined) nextMs = await this.sweep();
      } catch (error) {
        this.failures.failed(error);
      }
      if (!this.stopping) await this.sweepTimer.wait(nextMs);
    }
  }

  /** @returns the time until the next sweep, in milliseconds */
  private async sweep(): Promise<number> {
    let nextMs = SWEEP_MS;
    for (const stream of this.group.streams) {
      for await (const pending of this.group.pending(stream)) {
        if (this.stopping) return 0;
        if (!(await this.mayRetry(stream, pending))) continue;
        const waitMs = retryDelayMs(this.subscription.retry, pending.deliveries) - pending.idleMs;
        if (waitMs > 0) nextMs = Math.min(nextMs, waitMs);
        else await this.retry(stream, pending);
        if (this.unavailable) return FAILURE_PAUSE_MS;
      }
    }
    return nextMs;
  }

  /** Whether this process may retry a pending entry: its own failure, or one of a process that died. */
  private async mayRetry(stream: string, { id, owner }: PendingEntry): Promise<boolean> {
    if (owner === this.group.instance) return !this.inFlight.has(entryKey({ stream, id }));
    return !(await this.group.isAlive(owner));
  }

  private async retry(stream: string, pending: PendingEntry): Promise<void> {
    const entry = await this.group.claim(stream, pending);
    if (entry === null) return;
    const { attempts } = this.subscription.retry;
    // A failure in a handler is recorded at once, so an entry that ran out of attempts killed its process each time.
    if (entry.attempt > attempts)
      return this.deadLetter(entry, new Error('The process ended while handling it, each time.'));
    this.inFlight.add(entryKey(entry));
    await this.deliver(entry);
  }

  private async deliver(entry: Entry): Promise<void> {
    try {
      await this.handle(entry);
    } catch (error) {
      // The entry stays pending, so the sweep delivers it again.
      this.failures.failed(error);
    } finally {
      this.inFlight.delete(entryKey(entry));
    }
  }

  private async handle(entry: Entry): Promise<void> {
    if (this.types.has(entry.type)) {
      let event: DomainEvent | undefined;
      try {
        event = decodeEvent(entry.event, this.catalogue);
        await this.subscription.handle(event);
        this.unavailable = false;
      } catch (error) {
        const fail = (): Promise<void> => this.fail(entry, error);
        return event?.traceparent ? inTrace(traceOf(event.traceparent), fail) : fail();
      }
      return this.settle(entry);
    }
    // Another process of the consumer may know the type, so the domain hears nothing.
    await this.group.ack(entry);
  }

  private async settle(entry: Entry): Promise<void> {
    await Promise.all([this.group.ack(entry), this.sendReceipt(entry, 'settled')]);
  }

  private async sendReceipt(entry: Entry, state: Receipt['state']): Promise<void> {
    if (entry.eventId === '') return;
    await this.group.sendReceipt(this.catalogue.domainOf(entry.type), entry, state);
  }

  private async fail(entry: Entry, error: unknown): Promise<void> {
    const { attempts } = this.subscription.retry;
    if (error instanceof HandlerUnavailableError) {
      this.unavailable = true;
      this.failures.failed(error);
      return this.postpone(entry, entry.attempt - 1);
    }
    if (entry.attempt >= attempts) return this.deadLetter(entry, error);
    await this.postpone(entry, entry.attempt);
    this.reportFailure(entry, error);
    this.sweepTimer.wake();
  }

  private async postpone(entry: Entry, attempts: number): Promise<void> {
    await this.group.postpone(entry, attempts);
    await this.sendReceipt(entry, 'retrying');
  }

  private reportFailure({ type, key, id, attempt }: Entry, error: unknown): void {
    const { consumer, retry, report } = this.subscription;
    const retryInMs = retryDelayMs(retry, attempt);
    report({ kind: 'event-failed', consumer, eventType: type, key, entry: id, attempt, retryInMs, error });
  }

  private async deadLetter(entry: Entry, error: unknown): Promise<void> {
    const { consumer, report } = this.subscription;
    const { eventId, type, event, attempt } = entry;
    await this.subscription.bury({ id: eventId, type, event, error: messageOf(error), attempts: attempt });
    await this.settle(entry);
    report({ kind: 'event-dead', consumer, eventType: type, eventId, attempt, error });
  }
}

function entryKey({ stream, id }: Pick<Entry, 'stream' | 'id'>): string {
  return `${stream} ${id}`;
}
