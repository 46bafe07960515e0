import type { SqlTransaction } from '@marquee/database';

import type { EventType } from './catalogue.ts';
import type { DomainEvent } from './event.ts';

/** Handles one event. */
export type HandleOne<T extends EventType = EventType> = (event: DomainEvent<T>, tx: SqlTransaction) => Promise<void>;

/** Handles all new events of one type in a batch, so that their effect can be one statement. */
export interface HandleMany<T extends EventType = EventType> {
  /** @param events in the order of the log; several may have the same key, and no two are the same event */
  readonly many: (events: readonly DomainEvent<T>[], tx: SqlTransaction) => Promise<void>;
}

/** Handlers by event type. A handler must write through `tx` only: then its effect is recorded once. */
export type EventHandlers = { readonly [T in EventType]?: HandleOne<T> | HandleMany<T> };

/** A call of a handler. */
export interface HandlerCall {
  readonly type: EventType;
  readonly events: readonly DomainEvent[];
  run(events: readonly DomainEvent[], tx: SqlTransaction): Promise<void>;
}

/**
 * The calls that handle events: one for each event, or one for many of a type whose handler takes many.
 *
 * The calls are in an order that keeps the order of each key, over all types.
 */
export function callsFor(events: readonly DomainEvent[], handlers: EventHandlers): HandlerCall[] {
  const calls: (HandlerCall & { readonly events: DomainEvent[] })[] = [];
  const lastCallOf = new Map<string, number>();
  for (const event of events) {
    const handler = handlers[event.type] as HandleOne | HandleMany | undefined;
    if (handler === undefined) continue;
    const earliest = lastCallOf.get(event.key) ?? 0;
    const joinable = typeof handler === 'function' ? -1 : callOf(event.type, calls, earliest);
    const position = joinable === -1 ? calls.push(newCall(event.type, handler)) - 1 : joinable;
    calls[position]?.events.push(event);
    lastCallOf.set(event.key, position);
  }
  return calls;
}

function callOf(type: EventType, calls: readonly HandlerCall[], earliest: number): number {
  return calls.findIndex((call, position) => position >= earliest && call.type === type);
}

function newCall(type: EventType, handler: HandleOne | HandleMany): HandlerCall & { readonly events: DomainEvent[] } {
  const run: HandlerCall['run'] =
    typeof handler === 'function'
      ? async ([event], tx) => event && handler(event, tx)
      : (events, tx) => handler.many(events, tx);
  return { type, events: [], run };
}
