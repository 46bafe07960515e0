import type { GraphQLFormattedError } from 'graphql';
import { MessageType, stringifyMessage } from 'graphql-ws';
import { ClientQueue, type ClientSink } from './client-queue.ts';
import type { EndReason } from './end-reasons.ts';
import type { EventPayload } from './event-payload.ts';
import type { Subscription } from './hub.ts';
import type { OperationTarget } from './run-operation.ts';

export interface OperationSocket {
  readonly isBlocked: boolean;
  send(message: Buffer): void;
}

export interface SocketOperationOptions {
  readonly id: string;
  readonly socket: OperationSocket;
  readonly maxQueuedEvents: number;
  readonly onDrop: () => void;
  readonly onFinished: () => void;
}

/** One operation of a socket, from `subscribe` to `complete` or `error`. */
export class SocketOperation implements ClientSink, OperationTarget {
  readonly queue: ClientQueue;
  subscription: Subscription | undefined;
  readonly #options: SocketOperationOptions;
  readonly #frameHead: Buffer;
  #isFinished = false;

  constructor(options: SocketOperationOptions) {
    this.#options = options;
    this.#frameHead = Buffer.from(`{"id":${JSON.stringify(options.id).slice(0, -1)}`);
    this.queue = new ClientQueue(this, options.maxQueuedEvents, options.onDrop);
  }

  get isBlocked(): boolean {
    return this.#options.socket.isBlocked;
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  write(payload: EventPayload): void {
    if (this.#isFinished) return;
    const tail = payload.frameTail;
    const frame = Buffer.allocUnsafe(this.#frameHead.length + tail.length);
    this.#frameHead.copy(frame);
    tail.copy(frame, this.#frameHead.length);
    this.#options.socket.send(frame);
  }

  finish(errors?: readonly GraphQLFormattedError[]): void {
    if (this.#isFinished) return;
    this.cancel('refused');
    const { id, socket } = this.#options;
    const message = errors
      ? stringifyMessage({ id, type: MessageType.Error, payload: errors })
      : stringifyMessage({ id, type: MessageType.Complete });
    socket.send(Buffer.from(message));
  }

  /** Ends the operation without a message. */
  cancel(reason: EndReason): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.subscription?.leave(reason);
    this.#options.onFinished();
  }

  /** Ends the operation from the server's side. */
  endWith(reason: EndReason, errors: readonly GraphQLFormattedError[]): void {
    this.subscription?.leave(reason);
    this.finish(errors);
  }
}
