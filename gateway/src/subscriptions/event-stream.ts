import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { ClientQueue, type ClientSink } from './client-queue.ts';
import type { EndReason } from './end-reasons.ts';
import { EventPayload } from './event-payload.ts';
import type { Subscription } from './hub.ts';
import type { OperationTarget } from './run-operation.ts';

export interface EventStreamOptions {
  readonly response: ServerResponse;
  /** Unsent bytes above which events are queued. */
  readonly maxBufferedBytes: number;
  readonly maxQueuedEvents: number;
  readonly onDrop: () => void;
  readonly onClosed: () => void;
}

/**
 * One operation in the distinct connections mode of GraphQL over SSE: each result is a `next` event, the end a
 * `complete` event.
 *
 * The protocol has no error event, so errors that end the operation are the result of a last `next` event.
 */
export class EventStream implements ClientSink, OperationTarget {
  readonly queue: ClientQueue;
  subscription: Subscription | undefined;
  readonly #response: ServerResponse;
  readonly #maxBufferedBytes: number;
  readonly #onClosed: () => void;
  #isFinished = false;

  constructor({ response, maxBufferedBytes, maxQueuedEvents, onDrop, onClosed }: EventStreamOptions) {
    this.#response = response;
    this.#maxBufferedBytes = maxBufferedBytes;
    this.#onClosed = onClosed;
    this.queue = new ClientQueue(this, maxQueuedEvents, onDrop);
    response.on('drain', () => this.queue.flush());
    response.on('close', () => this.cancel('client'));
    response.on('error', () => response.destroy());
  }

  get isBlocked(): boolean {
    return this.#response.writableNeedDrain && this.#response.writableLength > this.#maxBufferedBytes;
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  write(payload: EventPayload): void {
    if (!this.#isFinished) this.#response.write(payload.eventStreamBytes);
  }

  finish(errors?: readonly GraphQLFormattedError[]): void {
    if (this.#isFinished) return;
    if (errors) this.write(new EventPayload(JSON.stringify({ errors })));
    this.#response.end('event: complete\ndata:\n\n');
    this.cancel('refused');
  }

  /** Ends the operation from the server's side. */
  endWith(reason: EndReason, errors?: readonly GraphQLFormattedError[]): void {
    this.subscription?.leave(reason);
    this.finish(errors);
  }

  cancel(reason: EndReason): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.subscription?.leave(reason);
    this.#onClosed();
  }

  /** Sends a comment, so that proxies keep an idle stream open. */
  keepAlive(): void {
    if (!this.#isFinished) this.#response.write(':\n\n');
  }
}
