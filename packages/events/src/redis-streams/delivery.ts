import { setTimeout as pause } from 'node:timers/promises';
import { inTrace, traceOf } from '@marquee/telemetry';

import type { EventCatalogue } from '../catalogue.ts';
import { decodeEvent, type DomainEvent } from '../event.ts';
import type { Backlog, Delivery, Subscription } from '../event-log.ts';
import { pace } from '../pace.ts';
import { messageOf, onceARow } from '../problem.ts';
import { HandlerUnavailableError, retryDelayMs } from '../retry.ts';
import type { ConsumerGroup, Entry, PendingEntry } from './group.ts';
import { inLanes } from './lanes.ts';

const BATCH = 64;
const SWEEP_MS = 1_000;
const BEAT_MS = 1_000;
const TROUBLE_PAUSE_MS = 500;
const INTERRUPT_MS = 25;
const PATIENCE_MS = 3_000;
const IDLE_CHECK_MS = 5;

/**
 * Delivers the entries of a consumer group to a handler.
 *
 * One loop reads what is new. Another, each second and when a retry is due, sweeps what is pending: failures of this
 * process whose pause is over, and what processes left behind that are no longer alive.
 */
export class RedisStreamsDelivery implements Delivery {
  private readonly group: ConsumerGroup;
  private readonly subscription: Subscription;
  private readonly catalogue: EventCatalogue;
  private readonly types: ReadonlySet<string>;
  private readonly inHand = new Set<string>();
  private readonly reading = pace();
  private readonly sweeping = pace();
  private readonly trouble: ReturnType<typeof onceARow>;
  private readonly close: () => void;
  private beating: NodeJS.Timeout | undefined;
  private joined = false;
  private unavailable = false;
  private stopping = false;
  private running: Promise<unknown> | null = null;

  /** @param close releases what the group reads from */
  constructor(group: ConsumerGroup, subscription: Subscription, catalogue: EventCatalogue, close: () => void) {
    this.group = group;
    this.subscription = subscription;
    this.catalogue = catalogue;
    this.types = new Set(subscription.types);
    this.close = close;
    const { consumer, report } = subscription;
    this.trouble = onceARow((error) => report({ kind: 'delivery-failed', consumer, error }));
  }

  start(): void {
    if (this.running || this.stopping) return;
    // A missed beat lets another process take over early, which the inbox makes harmless.
    this.beating = setInterval(() => void this.group.beat().catch(() => undefined), BEAT_MS);
    this.running = Promise.all([this.readLoop(), this.sweepLoop()]);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.reading.wake();
    this.sweeping.wake();
    if (this.running) await this.finishReading(this.running);
    clearInterval(this.beating);
    this.close();
    await this.running;
    // Should Redis be away, the sign of life lapses by itself.
    if (this.running) await this.group.leave().catch(() => undefined);
  }

  /** A read may be sent after an interruption went by, so it takes as many as it takes. */
  private async finishReading(running: Promise<unknown>): Promise<void> {
    const ended = running.then(() => true);
    const deadline = Date.now() + PATIENCE_MS;
    do {
      void this.group.interruptRead().catch(() => undefined);
    } while (
      !(await Promise.race([ended, pause(INTERRUPT_MS, false)])) &&
      (this.inHand.size > 0 || Date.now() < deadline)
    );
  }

  async idle(deadlineMs = 10_000): Promise<void> {
    const deadline = Date.now() + deadlineMs;
    for (;;) {
      const owing = await this.owing();
      if (owing === null) return;
      if (Date.now() > deadline) throw new Error(`${this.subscription.consumer} is not idle: ${owing}`);
      await pause(IDLE_CHECK_MS);
    }
  }

  backlog(): Promise<Backlog> {
    return this.group.backlog();
  }

  private async owing(): Promise<string | null> {
    if (!this.joined) return 'it has not joined its group';
    for (const stream of this.group.streams) {
      const owing = await this.group.owing(stream);
      if (owing !== null) return owing;
    }
    return null;
  }

  private async readLoop(): Promise<void> {
    while (!this.stopping) {
      try {
        if (!this.joined) await this.join();
        await this.deliverAll(await this.group.read(BATCH));
        if (this.unavailable) await this.reading.wait(TROUBLE_PAUSE_MS);
        else this.trouble.recovered();
      } catch (error) {
        if (this.stopping) return;
        // Redis may have come back without the groups.
        this.joined = false;
        this.trouble.failed(error);
        await this.reading.wait(TROUBLE_PAUSE_MS);
      }
    }
  }

  private async join(): Promise<void> {
    await this.group.join();
    await this.group.forgetTheGone();
    this.joined = true;
    this.sweeping.wake();
  }

  private async deliverAll(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.inHand.add(nameOf(entry));
    await inLanes(
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
        this.trouble.failed(error);
      }
      if (!this.stopping) await this.sweeping.wait(nextMs);
    }
  }

  /** @returns in how many milliseconds to sweep again */
  private async sweep(): Promise<number> {
    let nextMs = SWEEP_MS;
    for (const stream of this.group.streams) {
      for await (const pending of this.group.pending(stream)) {
        if (this.stopping) return 0;
        if (!(await this.isMine(stream, pending))) continue;
        const waitMs = retryDelayMs(this.subscription.retry, pending.deliveries) - pending.idleMs;
        if (waitMs > 0) nextMs = Math.min(nextMs, waitMs);
        else await this.retry(stream, pending);
        if (this.unavailable) return TROUBLE_PAUSE_MS;
      }
    }
    return nextMs;
  }

  /** Whether a pending entry is this process's to try again: its own failure, or left behind by one that is gone. */
  private async isMine(stream: string, { id, owner }: PendingEntry): Promise<boolean> {
    if (owner === this.group.instance) return !this.inHand.has(nameOf({ stream, id }));
    return !(await this.group.isAlive(owner));
  }

  private async retry(stream: string, pending: PendingEntry): Promise<void> {
    const entry = await this.group.claim(stream, pending);
    if (entry === null) return;
    const { attempts } = this.subscription.retry;
    // Handlers' failures are buried as they happen: whoever was left with this one ended while handling it.
    if (entry.attempt > attempts) return this.bury(entry, new Error('The process ended while handling it, each time.'));
    this.inHand.add(nameOf(entry));
    await this.deliver(entry);
  }

  private async deliver(entry: Entry): Promise<void> {
    try {
      await this.settle(entry);
    } catch (error) {
      // It stays pending: the sweep delivers it again.
      this.trouble.failed(error);
    } finally {
      this.inHand.delete(nameOf(entry));
    }
  }

  private async settle(entry: Entry): Promise<void> {
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
    }
    await this.group.ack(entry);
  }

  private async fail(entry: Entry, error: unknown): Promise<void> {
    const { attempts } = this.subscription.retry;
    if (error instanceof HandlerUnavailableError) {
      this.unavailable = true;
      this.trouble.failed(error);
      return this.group.postpone(entry, entry.attempt - 1);
    }
    if (entry.attempt >= attempts) return this.bury(entry, error);
    await this.group.postpone(entry, entry.attempt);
    this.reportFailure(entry, error);
    this.sweeping.wake();
  }

  private reportFailure({ type, key, id, attempt }: Entry, error: unknown): void {
    const { consumer, retry, report } = this.subscription;
    const retryInMs = retryDelayMs(retry, attempt);
    report({ kind: 'event-failed', consumer, eventType: type, key, entry: id, attempt, retryInMs, error });
  }

  private async bury(entry: Entry, error: unknown): Promise<void> {
    const { consumer, report } = this.subscription;
    await this.group.bury(entry, messageOf(error), new Date());
    const { type, key, id, attempt } = entry;
    report({ kind: 'event-dead', consumer, eventType: type, key, entry: id, attempt, error });
  }
}

function nameOf({ stream, id }: Pick<Entry, 'stream' | 'id'>): string {
  return `${stream} ${id}`;
}
