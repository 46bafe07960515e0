import type { SqlDatabase, SqlTransaction } from '@marquee/database';

import type { BatchTelemetry } from './consumer-telemetry.ts';
import type { DomainEvent } from './event.ts';
import type { ErasedPeople } from './erased-people.ts';
import { callsFor, type EventHandlers, type HandlerCall } from './handlers.ts';
import { HandlerUnavailableError } from './retry.ts';

/** Events for one transaction. */
export interface Taken {
  /** Those that nobody has handled. */
  readonly events: readonly DomainEvent[];
  /** The people named in them whose accounts were erased. */
  readonly erased: readonly string[];
}

/** Takes events for the transaction that handles them. */
export type Take = (tx: SqlTransaction, events: readonly DomainEvent[]) => Promise<Taken>;

export interface HandlingOptions {
  readonly client: SqlDatabase;
  readonly handlers: EventHandlers;
  /** The time limit of a handler's call, in milliseconds. */
  readonly timeoutMs: number;
  readonly telemetry: BatchTelemetry;
  readonly erasedPeople?: ErasedPeople | undefined;
}

/** Handles events, all or none, in the transaction in which they are taken. */
export async function handleBatch(options: HandlingOptions, events: readonly DomainEvent[], take: Take): Promise<void> {
  const { client, handlers, timeoutMs, telemetry, erasedPeople } = options;
  await telemetry.measure(events, async (count) => {
    try {
      await client.$sqlTransaction(
        async (tx) => {
          const counted = countStatements(tx, count);
          const taken = await take(counted, events);
          for (const call of callsFor(taken.events, handlers)) await run(options, call, counted);
          for (const id of peopleToErase(taken, erasedPeople)) await erasedPeople?.erase(id, counted);
        },
        { timeout: 2 * timeoutMs },
      );
    } catch (error) {
      throw (await isReachable(client)) ? error : new HandlerUnavailableError(error);
    }
  });
}

/** Those who were erased before, and those whom a batch of several events erases, in whatever order its handlers ran. */
function peopleToErase({ events, erased }: Taken, people: ErasedPeople | undefined): ReadonlySet<string> {
  const erasedNow = events.length > 1 ? events.flatMap((event) => people?.erasedBy(event) ?? []) : [];
  return new Set([...erased, ...erasedNow]);
}

function run({ telemetry, timeoutMs }: HandlingOptions, call: HandlerCall, tx: SqlTransaction): Promise<void> {
  return telemetry.traced(call, (events) => withTimeout(timeoutMs, call.run(events, tx)));
}

function countStatements(tx: SqlTransaction, count: () => void): SqlTransaction {
  return {
    $queryRaw: (...query) => {
      count();
      return tx.$queryRaw(...query);
    },
    $executeRaw: (...query) => {
      count();
      return tx.$executeRaw(...query);
    },
  };
}

/** Rejects work that takes too long. */
async function withTimeout(ms: number, work: Promise<void>): Promise<void> {
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
