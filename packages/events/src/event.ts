import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import type { EventCatalogue, EventShapes, EventType, PayloadOf } from './catalogue.ts';

/** Something that happened in a domain, as written to its outbox. */
export interface NewEvent<T extends EventType = EventType> {
  /** A UUID; the same however often the event is delivered. */
  readonly id: string;
  readonly type: T;
  /** The id of the thing the event is about; events of one key are delivered in the order of the outbox. */
  readonly key: string;
  readonly payload: PayloadOf<T>;
  /** The W3C trace context of what caused the event. */
  readonly traceparent?: string;
}

/** An event as consumers receive it; `type` narrows its payload. */
export type DomainEvent<T extends EventType = EventType> = {
  [Type in T]: NewEvent<Type> & {
    /** When it was committed, RFC 3339 in UTC. */
    readonly occurredAt: string;
  };
}[T];

/**
 * Makes an event for `appendToOutbox`.
 *
 * @param key the id of the thing the event is about
 * @throws {z.ZodError} when the payload does not match the type's shape
 */
export type NewEventOf<Shapes extends EventShapes> = <T extends keyof Shapes & EventType>(
  type: T,
  key: string,
  payload: PayloadOf<T>,
) => NewEvent<T>;

/** Makes a domain's `newEvent`, limited to the event types it emits. */
export function eventMaker<Shapes extends EventShapes>(shapes: Shapes): NewEventOf<Shapes> {
  return (type, key, payload) => ({
    id: randomUUID(),
    type,
    key,
    payload: shapes[type]?.parse(payload) as typeof payload,
  });
}

const envelope = z.object({
  id: z.uuid(),
  type: z.string(),
  key: z.string(),
  occurredAt: z.iso.datetime(),
  payload: z.unknown(),
  traceparent: z.string().optional(),
});

export function encodeEvent(event: DomainEvent): string {
  return JSON.stringify(event);
}

/**
 * Parses an encoded event.
 *
 * @throws {SyntaxError} when the text is not JSON
 * @throws {z.ZodError} when it is not an event, or its payload does not match the type's shape
 */
export function decodeEvent(text: string, catalogue: EventCatalogue): DomainEvent {
  const { type, traceparent, ...rest } = envelope.parse(JSON.parse(text));
  const payload = catalogue.parse(type, rest.payload);
  return { ...rest, type, payload, ...(traceparent && { traceparent }) } as DomainEvent;
}
