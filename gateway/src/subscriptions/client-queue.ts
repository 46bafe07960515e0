import type { GraphQLFormattedError } from 'graphql';
import type { HeldBytes } from '../protection/holdings/share.ts';
import type { EventPayload } from './event-payload.ts';

/** The destination of one client's events: an operation of a socket or of a response stream. */
export interface ClientSink {
  /** The connection has reached its limit of unsent bytes. */
  readonly isBlocked: boolean;
  write(payload: EventPayload): void;
  /** Completes the subscription, or ends it with errors. */
  finish(errors?: readonly GraphQLFormattedError[]): void;
}

export interface Subscriber {
  next(payload: EventPayload): void;
  end(errors?: readonly GraphQLFormattedError[]): void;
}

/**
 * A bounded queue of events for one client.
 *
 * While the connection is blocked, at most `limit` events wait, in the memory that the client may hold. Beyond that the
 * oldest is dropped, because the latest state matters most, and the next event sent has `extensions.gap`.
 */
export class ClientQueue implements Subscriber {
  readonly #sink: ClientSink;
  readonly #limit: number;
  readonly #held: HeldBytes;
  readonly #onDrop: () => void;
  #waiting: EventPayload[] | undefined;
  #hasGap = false;
  #ending: { errors?: readonly GraphQLFormattedError[] } | undefined;

  constructor(sink: ClientSink, limit: number, held: HeldBytes, onDrop: () => void) {
    this.#sink = sink;
    this.#limit = limit;
    this.#held = held;
    this.#onDrop = onDrop;
  }

  next(payload: EventPayload): void {
    if (this.#ending) return;
    if (!this.#waiting && !this.#sink.isBlocked) return this.#write(payload);
    const waiting = (this.#waiting ??= []);
    if (waiting.length >= this.#limit) this.#drop();
    while (!this.#held.resize(this.#held.size + payload.size)) {
      if (waiting.length === 0) return this.#lose();
      this.#drop();
    }
    waiting.push(payload);
  }

  end(errors?: readonly GraphQLFormattedError[]): void {
    if (this.#ending) return;
    this.#ending = errors ? { errors } : {};
    if (!this.#waiting) this.#sink.finish(errors);
  }

  /** Sends queued events until the connection is blocked again. */
  flush(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    while (waiting.length > 0 && !this.#sink.isBlocked) {
      this.#write(this.#take(waiting));
    }
    if (waiting.length > 0) return;
    this.#waiting = undefined;
    if (this.#ending) this.#sink.finish(this.#ending.errors);
  }

  /** Frees the memory of queued events. */
  clear(): void {
    this.#waiting = undefined;
    this.#held.resize(0);
  }

  #write(payload: EventPayload): void {
    this.#sink.write(this.#hasGap ? payload.withGap({ reason: 'SLOW_CONSUMER' }) : payload);
    this.#hasGap = false;
  }

  #take(waiting: EventPayload[]): EventPayload {
    const payload = waiting.shift() as EventPayload;
    this.#held.resize(this.#held.size - payload.size);
    return payload;
  }

  #drop(): void {
    this.#take(this.#waiting as EventPayload[]);
    this.#lose();
  }

  #lose(): void {
    this.#hasGap = true;
    this.#onDrop();
  }
}
