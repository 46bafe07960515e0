import type { SqlTransaction, TransactionLimits } from '@marquee/database';
import type { Instruments } from '@marquee/telemetry';

import type { EventType } from './catalogue.ts';
import { observedHandling, observeBacklog } from './consumer-telemetry.ts';
import type { DomainEvent } from './event.ts';
import type { Delivery, EventLog } from './event-log.ts';
import { recordInInbox } from './inbox.ts';
import { reportToStderr, type Report } from './problem.ts';
import { DEFAULT_RETRY, HandlerUnavailableError, type RetryPolicy } from './retry.ts';

const MAX_WAIT_MS = 10_000;
const HANDLER_TIMEOUT_MS = 20_000;
const CONCURRENCY = 4;

/** What a consumer does with events, by type. All that it writes, it writes through `tx`. */
export type EventHandlers<Tx> = { readonly [T in EventType]?: (event: DomainEvent<T>, tx: Tx) => Promise<void> };

/** A Prisma client of any domain; `Tx` is what it hands to a transaction's callback. */
export interface TransactionalClient<Tx extends SqlTransaction> extends SqlTransaction {
  $transaction<R>(work: (tx: Tx) => Promise<R>, limits?: TransactionLimits): Promise<R>;
}

export interface ConsumerOptions<Tx extends SqlTransaction> {
  /** Names the consumer in the log and in the inbox, such as `notifications`; renaming it handles everything anew. */
  readonly name: string;
  /** The Prisma client of the domain that consumes. */
  readonly client: TransactionalClient<Tx>;
  readonly log: EventLog;
  readonly handlers: EventHandlers<Tx>;
  readonly retry?: RetryPolicy;
  /** How many events are handled at a time, 4 when not given; those of one key never are. */
  readonly concurrency?: number;
  /** How long a handler may take, in milliseconds, before its transaction is rolled back; 20 s when not given. */
  readonly timeoutMs?: number;
  /** The domain's relay: kicked after each event, so that what the handler appended to the outbox goes out at once. */
  readonly relay?: { kick(): void };
  readonly report?: Report;
  readonly instruments?: Instruments | undefined;
}

/** Handles the events of other domains. */
export type Consumer = Delivery;

/**
 * Makes a consumer. Each event has its effect once, however often it is delivered: the effect and a row of the inbox
 * are one transaction.
 *
 * Events of one key come in order until one fails: that one comes again later, after those behind it. A handler that
 * cares must look at the state it finds.
 */
export function createConsumer<Tx extends SqlTransaction>(options: ConsumerOptions<Tx>): Consumer {
  const { name, client, log, handlers, relay, report = reportToStderr, instruments = {} } = options;
  const { retry = DEFAULT_RETRY, concurrency = CONCURRENCY, timeoutMs = HANDLER_TIMEOUT_MS } = options;
  const limits: TransactionLimits = { maxWait: MAX_WAIT_MS, timeout: 2 * timeoutMs };
  const handle = (event: DomainEvent): Promise<void> =>
    client.$transaction(async (tx) => {
      if (await recordInInbox(tx, name, event.id))
        await within(timeoutMs, handlerOf(handlers, event.type)?.(event, tx));
    }, limits);

  const observed = observedHandling(name, log.catalogue, instruments);
  const consumer = log.subscribe({
    consumer: name,
    types: Object.keys(handlers) as EventType[],
    retry,
    concurrency,
    report,
    handle: async (event) => {
      await observed(event, async () => {
        try {
          await handle(event);
        } catch (error) {
          throw (await answers(client)) ? error : new HandlerUnavailableError(error);
        }
      });
      relay?.kick();
    },
  });
  observeBacklog(name, consumer, instruments);
  return consumer;
}

function handlerOf<Tx>(
  handlers: EventHandlers<Tx>,
  type: EventType,
): ((event: DomainEvent, tx: Tx) => Promise<void>) | undefined {
  return handlers[type] as ((event: DomainEvent, tx: Tx) => Promise<void>) | undefined;
}

/** Prisma waits for a transaction's callback for ever, also when its time is over: a handler that hangs must not. */
async function within(ms: number, work: Promise<void> | undefined): Promise<void> {
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

/** Whether a failure can have been the event's own: an unreachable database fails any event. */
async function answers(client: SqlTransaction): Promise<boolean> {
  try {
    await client.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
