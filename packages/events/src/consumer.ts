import { randomUUID } from 'node:crypto';
import type { SqlDatabase, SqlTransaction } from '@marquee/database';
import type { Instruments } from '@marquee/telemetry';

import type { EventType } from './catalogue.ts';
import { batchTelemetry, observeBacklog } from './consumer-telemetry.ts';
import { keepDeadLetter, takeDeadLetter } from './dead-letters.ts';
import { type ErasedPeople, erasedAmong } from './erased-people.ts';
import { decodeEvent, type DomainEvent } from './event.ts';
import type { Delivery, EventLog } from './event-log.ts';
import type { EventHandlers } from './handlers.ts';
import { handleBatch, type Take, type Taken } from './handling.ts';
import { recordInInbox } from './inbox.ts';
import { reportToStderr, type Report } from './problem.ts';
import { Replays } from './replays.ts';
import { purgeInbox } from './retention.ts';
import { DEFAULT_RETRY, type RetryPolicy } from './retry.ts';
import { introduction } from './subscribers.ts';

const HANDLER_TIMEOUT_MS = 20_000;
const CONCURRENCY = 4;

export interface ConsumerOptions {
  /** The consumer's name in the log and in the inbox, such as `notifications`. A renamed consumer starts from scratch. */
  readonly name: string;
  /** The consuming domain's Prisma client. */
  readonly client: SqlDatabase;
  readonly log: EventLog;
  readonly handlers: EventHandlers;
  readonly erasedPeople?: ErasedPeople | undefined;
  readonly retry?: RetryPolicy;
  /** Events of a failed batch that are handled concurrently, 4 by default; those of one key one after the other. */
  readonly concurrency?: number;
  /** The time limit of a handler's call, in milliseconds; 20 s by default. Its transaction is then rolled back. */
  readonly timeoutMs?: number;
  /** The domain's relay: kicked after each batch, so that events a handler emits are published at once. */
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
 * The events that wait are handled as one batch, in one transaction; when that fails, each is handled alone, so that a
 * failing one does not hold up the others. Events of one key arrive in order until one fails or is lost by the log: it is
 * handled after the events behind it. A handler that depends on the order must check the state it finds.
 */
export function createConsumer(options: ConsumerOptions): Consumer {
  const { name, client, log, handlers, report = reportToStderr, instruments = {}, relay, erasedPeople } = options;
  const { retry = DEFAULT_RETRY, concurrency = CONCURRENCY, timeoutMs = HANDLER_TIMEOUT_MS } = options;
  const types = Object.keys(handlers) as EventType[];
  const telemetry = batchTelemetry(name, log.catalogue, instruments);
  const peopleIn = (events: readonly DomainEvent[]) => events.flatMap((event) => erasedPeople?.idsIn(event) ?? []);
  const handle = async (events: readonly DomainEvent[], take: Take): Promise<void> => {
    await handleBatch({ client, handlers, timeoutMs, telemetry, erasedPeople }, events, take);
    relay?.kick();
  };
  const delivery = log.subscribe({
    ...{ consumer: name, types, retry, concurrency, report },
    introduce: introducing(client, name),
    handle: (events) => handle(events, (tx) => takeNew(tx, name, events, peopleIn(events))),
    // An entry without an id gets one; nothing can deliver it again.
    bury: (failed) => keepDeadLetter(client, name, { ...failed, id: failed.id || randomUUID() }),
  });
  const replays = new Replays({
    ...{ consumer: name, types, client, report },
    handle: (letter) =>
      handle([decodeEvent(letter.event, log.catalogue)], async (tx, events) =>
        (await takeDeadLetter(tx, name, letter.id))
          ? { events, erased: await erasedAmong(tx, peopleIn(events)) }
          : { events: [], erased: [] },
      ),
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

/** The events that are new to the inbox; of an event that is there twice, the first. @param people named in them */
async function takeNew(
  tx: SqlTransaction,
  consumer: string,
  events: readonly DomainEvent[],
  people: readonly string[],
): Promise<Taken> {
  const { ids, erased } = await recordInInbox(
    tx,
    consumer,
    events.map(({ id }) => id),
    people,
  );
  const recorded = [...ids];
  const isNew = ({ id }: DomainEvent): boolean => {
    const place = recorded.indexOf(id);
    if (place !== -1) recorded.splice(place, 1);
    return place !== -1;
  };
  return { events: events.filter(isNew), erased };
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
