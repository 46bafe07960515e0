import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import { catalogue, isEventType, type EventType, type PayloadOf } from './catalogue/index.ts';

/** Something that happened in a domain, as its transaction commits it. */
export interface NewEvent<T extends EventType = EventType> {
  /** A UUID; the same however often the event is delivered. */
  readonly id: string;
  readonly type: T;
  /** What the event is about: events of one key come in the order they were committed. */
  readonly key: string;
  readonly payload: PayloadOf<T>;
  /** The W3C trace context of what caused the event. */
  readonly traceparent?: string;
}

/** An event as consumers get it: of any type, narrowed by `type`. */
export type DomainEvent<T extends EventType = EventType> = {
  [Type in T]: NewEvent<Type> & {
    /** When it was committed, RFC 3339 in UTC. */
    readonly occurredAt: string;
  };
}[T];

/**
 * Makes an event to pass to `appendToOutbox`.
 *
 * @param key the id of the thing the event is about
 * @throws {z.ZodError} when the payload is not what the catalogue says
 */
export function newEvent<T extends EventType>(type: T, key: string, payload: PayloadOf<T>): NewEvent<T> {
  return { id: randomUUID(), type, key, payload: parsePayload(type, payload) };
}

const envelope = z.object({
  id: z.uuid(),
  type: z.string(),
  key: z.string(),
  occurredAt: z.iso.datetime(),
  payload: z.unknown(),
  traceparent: z.string().optional(),
});

/** The text of an event on the wire of any event log. */
export function encodeEvent(event: DomainEvent): string {
  return JSON.stringify(event);
}

/**
 * Reads an event off the wire. Fields of the payload that the catalogue does not know are dropped, so that a newer
 * writer may add some.
 *
 * @throws {SyntaxError} when the text is no JSON
 * @throws {z.ZodError} when it is no event of the catalogue
 */
export function decodeEvent(text: string): DomainEvent {
  const { type, traceparent, ...rest } = envelope.parse(JSON.parse(text));
  if (!isEventType(type)) throw new Error(`The catalogue has no event type ${type}`);
  const event = { ...rest, type, payload: parsePayload(type, rest.payload), ...(traceparent && { traceparent }) };
  return event as DomainEvent;
}

function parsePayload<T extends EventType>(type: T, payload: unknown): PayloadOf<T> {
  return catalogue[type].parse(payload) as PayloadOf<T>;
}
