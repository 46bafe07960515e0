import { randomUUID } from 'node:crypto';
import type { SqlTransaction, TransactionLimits } from '@marquee/database';
import type { Instruments } from '@marquee/telemetry';

import type { EventType } from './catalogue.ts';
import { observedHandling, observeBacklog } from './consumer-telemetry.ts';
import { keepDeadLetter, takeDeadLetter } from './dead-letters.ts';
import { decodeEvent, type DomainEvent } from './event.ts';
import type { Delivery, EventLog } from './event-log.ts';
import { recordInInbox } from './inbox.ts';
import { reportToStderr, type Report } from './problem.ts';
import { Replays } from './replays.ts';
import { purgeInbox } from './retention.ts';
import { DEFAULT_RETRY, HandlerUnavailableError, type RetryPolicy } from './retry.ts';
import { introduction } from './subscribers.ts';

const MAX_WAIT_MS = 10_000;
const HANDLER_TIMEOUT_MS = 20_000;
const CONCURRENCY = 4;

/** Handlers by event type. A handler must write through `tx` only: then its effect is recorded once. */
export type EventHandlers<Tx> = { readonly [T in EventType]?: (event: DomainEvent<T>, tx: Tx) => Promise<void> };

/** A Prisma client of any domain; `Tx` is the transaction client that it passes to a callback. */
export interface TransactionalClient<Tx extends SqlTransaction> extends SqlTransaction {
  $transaction<R>(work: (tx: Tx) => Promise<R>, limits?: TransactionLimits): Promise<R>;
}

export interface ConsumerOptions<Tx extends SqlTransaction> {
  /** The consumer's name in the log and in the inbox, such as `notifications`. A renamed consumer starts from scratch. */
  readonly name: string;
  /** The consuming domain's Prisma client. */
  readonly client: TransactionalClient<Tx>;
  readonly log: EventLog;
  readonly handlers: EventHandlers<Tx>;
  readonly retry?: RetryPolicy;
  /** Events handled concurrently, 4 by default; events of one key are handled one after the other. */
  readonly concurrency?: number;
  /** The time limit of a handler, in milliseconds; 20 s by default. Its transaction is then rolled back. */
  readonly timeoutMs?: number;
  /** The domain's relay: kicked after each event, so that events a handler emits are published at once. */
  readonly relay?: { kick(): void };
  readonly report?: Report;
  readonly instruments?: Instruments | undefined;
}

/** Handles the events of other domains. */
export interface Consumer extends Delivery {
  /** Deletes the records of events that no domain delivers again. */
  purge(): Promise<void>;
}

/**
 * Makes a consumer. Delivery is at least once; the event is recorded in the inbox together with its effect, so a
 * repeat changes nothing.
 *
 * Events of one key arrive in order until one fails or is lost by the log: it is handled after the events behind it. A
 * handler that depends on the order must check the state it finds.
 */
export function createConsumer<Tx extends SqlTransaction>(options: ConsumerOptions<Tx>): Consumer {
  const { name, client, log, handlers, report = reportToStderr, instruments = {} } = options;
  const { retry = DEFAULT_RETRY, concurrency = CONCURRENCY } = options;
  const types = Object.keys(handlers) as EventType[];
  const handle = handling(options);
  const delivery = log.subscribe({
    ...{ consumer: name, types, retry, concurrency, report },
    introduce: introducing(client, name),
    handle: (event) => handle(event, (tx) => recordInInbox(tx, name, event.id)),
    // An entry without an id gets one; nothing can deliver it again.
    bury: (failed) => keepDeadLetter(client, name, { ...failed, id: failed.id || randomUUID() }),
  });
  const replays = new Replays({
    ...{ consumer: name, types, client, report },
    handle: (letter) => handle(decodeEvent(letter.event, log.catalogue), (tx) => takeDeadLetter(tx, name, letter.id)),
  });
  observeBacklog(name, { delivery, client }, instruments);
  return {
    start: () => {
      delivery.start();
      replays.start();
    },
    stop: async () => void (await Promise.all([delivery.stop(), replays.stop()])),
    idle: (deadlineMs) => delivery.idle(deadlineMs),
    waiting: () => delivery.waiting(),
    purge: async () => void (await purgeInbox(client, log, name, types)),
  };
}

/** Introduces a process of a consumer: it counts as started once. */
function introducing(client: SqlTransaction, name: string): () => ReturnType<typeof introduction> {
  let known: ReturnType<typeof introduction> | undefined;
  return () => {
    known ??= introduction(client, name).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** Handles an event in the transaction in which it is taken, unless somebody else has taken it. */
type Handle<Tx> = (event: DomainEvent, take: (tx: Tx) => Promise<boolean>) => Promise<void>;

function handling<Tx extends SqlTransaction>(options: ConsumerOptions<Tx>): Handle<Tx> {
  const { name, client, log, handlers, relay, instruments = {}, timeoutMs = HANDLER_TIMEOUT_MS } = options;
  const limits: TransactionLimits = { maxWait: MAX_WAIT_MS, timeout: 2 * timeoutMs };
  const observed = observedHandling(name, log.catalogue, instruments);
  return async (event, take) => {
    const handler = handlers[event.type] as ((event: DomainEvent, tx: Tx) => Promise<void>) | undefined;
    await observed(event, async () => {
      try {
        await client.$transaction(async (tx) => {
          if (await take(tx)) await withTimeout(timeoutMs, handler?.(event, tx));
        }, limits);
      } catch (error) {
        throw (await isReachable(client)) ? error : new HandlerUnavailableError(error);
      }
    });
    relay?.kick();
  };
}

/** Rejects work that takes too long: Prisma itself waits for a transaction's callback even after its timeout. */
async function withTimeout(ms: number, work: Promise<void> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`It was not handled within ${ms} ms.`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Distinguishes a handler's own failure from an outage, in which any event would fail. */
async function isReachable(client: SqlTransaction): Promise<boolean> {
  try {
    await client.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
