import type { GraphQLFormattedError } from 'graphql';
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
 * While the connection is blocked, at most `limit` events wait. Beyond that the oldest is dropped, because the latest
 * state matters most, and the next event sent has `extensions.gap`.
 */
export class ClientQueue implements Subscriber {
  readonly #sink: ClientSink;
  readonly #limit: number;
  readonly #onDrop: () => void;
  #waiting: EventPayload[] | undefined;
  #hasGap = false;
  #ending: { errors?: readonly GraphQLFormattedError[] } | undefined;

  constructor(sink: ClientSink, limit: number, onDrop: () => void) {
    this.#sink = sink;
    this.#limit = limit;
    this.#onDrop = onDrop;
  }

  next(payload: EventPayload): void {
    if (this.#ending) return;
    if (!this.#waiting && !this.#sink.isBlocked) return this.#sink.write(payload);
    this.#waiting ??= [];
    this.#waiting.push(payload);
    if (this.#waiting.length <= this.#limit) return;
    this.#waiting.shift();
    this.#hasGap = true;
    this.#onDrop();
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
      const payload = waiting.shift() as EventPayload;
      this.#sink.write(this.#hasGap ? payload.withGap({ reason: 'SLOW_CONSUMER' }) : payload);
      this.#hasGap = false;
    }
    if (waiting.length > 0) return;
    this.#waiting = undefined;
    if (this.#ending) this.#sink.finish(this.#ending.errors);
  }
}
