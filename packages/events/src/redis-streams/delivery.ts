import { setTimeout as pause } from 'node:timers/promises';

import type { EventCatalogue } from '../catalogue.ts';
import type { Delivery, Subscription } from '../event-log.ts';
import { pollTimer } from '../poll-timer.ts';
import { suppressRepeats } from '../problem.ts';
import { retryDelayMs } from '../retry.ts';
import { EntryHandler } from './entry-handler.ts';
import type { ConsumerGroup, PendingEntry } from './group.ts';
import type { Entry } from './stream-entries.ts';

/** The most entries of a stream that are handled in one transaction. */
const BATCH = 128;
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
  private readonly handler: EntryHandler;
  private readonly inFlight = new Set<string>();
  private readonly readTimer = pollTimer();
  private readonly sweepTimer = pollTimer();
  private readonly failures: ReturnType<typeof suppressRepeats>;
  private readonly close: () => void;
  private heartbeat: NodeJS.Timeout | undefined;
  private introductions: NodeJS.Timeout | undefined;
  private joined = false;
  private stopping = false;
  private running: Promise<unknown> | null = null;

  /** @param close closes the connection that the group reads from */
  constructor(group: ConsumerGroup, subscription: Subscription, catalogue: EventCatalogue, close: () => void) {
    this.group = group;
    this.subscription = subscription;
    this.close = close;
    const { consumer, report } = subscription;
    this.failures = suppressRepeats((error) => report({ kind: 'delivery-failed', consumer, error }));
    this.handler = new EntryHandler({
      ...{ group, subscription, catalogue },
      onRetry: () => this.sweepTimer.wake(),
      onUnavailable: (error) => this.failures.failed(error),
    });
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
        await this.deliver(await this.group.read(BATCH));
        if (this.handler.isUnavailable) await this.readTimer.wait(FAILURE_PAUSE_MS);
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
        if (this.handler.isUnavailable) return FAILURE_PAUSE_MS;
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
      return this.handler.deadLetter(entry, new Error('The process ended while handling it, each time.'));
    await this.deliver([entry]);
  }

  private async deliver(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) this.inFlight.add(entryKey(entry));
    try {
      await this.handler.handle(entries);
    } catch (error) {
      // The entries stay pending, so the sweep delivers them again.
      this.failures.failed(error);
    } finally {
      for (const entry of entries) this.inFlight.delete(entryKey(entry));
    }
  }
}

function entryKey({ stream, id }: Pick<Entry, 'stream' | 'id'>): string {
  return `${stream} ${id}`;
}
