import type { GraphQLFormattedError } from 'graphql';
import { HeldBytes, type Share } from '../protection/holdings/share.ts';
import { ClientQueue, type ClientSink } from './client-queue.ts';
import type { EndReason } from './end-reasons.ts';
import type { EventPayload } from './event-payload.ts';
import type { Framing } from './framing.ts';
import type { Subscription } from './hub.ts';
import type { OperationTarget } from './run-operation.ts';

/** A socket, or a streamed HTTP response. */
export interface ClientConnection {
  /** Has reached its limit of unsent bytes. */
  readonly isBlocked: boolean;
  send(message: Buffer): void;
}

export interface ClientOperationOptions {
  readonly connection: ClientConnection;
  readonly framing: Framing;
  readonly share: Share;
  readonly maxQueuedEvents: number;
  readonly onDrop: () => void;
  /** Called once, after the last message. */
  readonly onFinished: () => void;
}

/** One operation on a client's connection, until it ends. */
export class ClientOperation implements ClientSink, OperationTarget {
  readonly queue: ClientQueue;
  subscription: Subscription | undefined;
  readonly #options: ClientOperationOptions;
  readonly #held: HeldBytes;
  #isAdmitted = false;
  #isFinished = false;

  constructor(options: ClientOperationOptions) {
    this.#options = options;
    const { share, maxQueuedEvents, onDrop } = options;
    this.#held = new HeldBytes(share);
    this.queue = new ClientQueue(this, maxQueuedEvents, new HeldBytes(share), onDrop);
  }

  get isBlocked(): boolean {
    return this.#options.connection.isBlocked;
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  admit(): boolean {
    // Its client may have completed it meanwhile.
    if (this.#isFinished) return true;
    this.#isAdmitted = this.#options.share.take('operations');
    return this.#isAdmitted;
  }

  hold(bytes: number): boolean {
    return this.#isFinished || this.#held.resize(this.#held.size + bytes);
  }

  write(payload: EventPayload): void {
    const { connection, framing } = this.#options;
    if (!this.#isFinished) connection.send(framing.next(payload));
  }

  finish(errors?: readonly GraphQLFormattedError[]): void {
    this.#end('refused', errors, true);
  }

  /** Ends the operation without a message. */
  cancel(reason: EndReason): void {
    this.#end(reason, undefined, false);
  }

  /** Ends the operation from the server's side. */
  endWith(reason: EndReason, errors?: readonly GraphQLFormattedError[]): void {
    this.#end(reason, errors, true);
  }

  #end(reason: EndReason, errors: readonly GraphQLFormattedError[] | undefined, isTold: boolean): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    this.subscription?.leave(reason);
    const { connection, framing, share, onFinished } = this.#options;
    if (isTold) connection.send(framing.end(errors));
    this.queue.clear();
    this.#held.resize(0);
    if (this.#isAdmitted) share.release('operations');
    onFinished();
  }
}
