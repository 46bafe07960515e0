import type { ServerResponse } from 'node:http';
import type { Identity } from '@marquee/identity';
import type { GraphQLFormattedError } from 'graphql';
import type { Share } from '../protection/holdings/share.ts';
import { type ClientConnection, ClientOperation } from './client-operation.ts';
import type { EndReason } from './end-reasons.ts';
import type { Framing } from './framing.ts';
import type { SubscriptionSettings } from './settings.ts';
import type { StreamFormat } from './stream-format.ts';

export interface ResponseStreamOptions {
  readonly response: ServerResponse;
  readonly format: StreamFormat;
  /** Closed with the stream. */
  readonly share: Share;
  /** Stays open between operations; otherwise the stream ends with its only operation. */
  readonly isShared: boolean;
  readonly settings: SubscriptionSettings;
  readonly onDrop: () => void;
  readonly onClosed: () => void;
}

interface OwnedOperation {
  readonly operation: ClientOperation;
  readonly identity: Identity;
}

/** A streamed HTTP response. */
export class ResponseStream implements ClientConnection {
  readonly #options: ResponseStreamOptions;
  readonly #operations = new Map<string, OwnedOperation>();
  #needsDrain = false;
  #isEnded = false;

  constructor(options: ResponseStreamOptions) {
    const { response, format } = options;
    this.#options = options;
    response.on('drain', () => this.#flush());
    response.on('close', () => this.#close());
    response.on('error', () => response.destroy());
    this.#write(format.opening);
  }

  get isBlocked(): boolean {
    const { response, settings } = this.#options;
    return this.#needsDrain && response.writableLength > settings.maxBufferedBytes;
  }

  /** Open operations. */
  get size(): number {
    return this.#operations.size;
  }

  has(id: string): boolean {
    return this.#operations.has(id);
  }

  /** Adds an operation, which ends with its caller's token. */
  add(id: string, framing: Framing, identity: Identity): ClientOperation {
    const { settings, isShared, share, onDrop } = this.#options;
    const operation = new ClientOperation({
      connection: this,
      framing,
      share,
      maxQueuedEvents: settings.maxQueuedEvents,
      onDrop,
      onFinished: () => {
        this.#operations.delete(id);
        if (!isShared) this.#end();
      },
    });
    this.#operations.set(id, { operation, identity });
    return operation;
  }

  /** Ends an operation from the client's side. */
  cancel(id: string): void {
    this.#operations.get(id)?.operation.cancel('client');
  }

  send(message: Buffer): void {
    const { response, settings } = this.#options;
    if (response.writableLength + message.length > settings.maxUnsentBytes) response.destroy();
    else this.#write(message);
  }

  /** Ends the operations of some callers from the server's side. */
  endFor(
    isConcerned: (identity: Identity) => boolean,
    reason: EndReason,
    errors: readonly GraphQLFormattedError[],
  ): void {
    for (const { operation, identity } of [...this.#operations.values()]) {
      if (isConcerned(identity)) operation.endWith(reason, errors);
    }
  }

  /** Completes all operations and the response. */
  complete(reason: EndReason): void {
    for (const { operation } of [...this.#operations.values()]) operation.endWith(reason);
    this.#end();
  }

  keepAlive(): void {
    this.#write(this.#options.format.heartbeat);
  }

  #flush(): void {
    this.#needsDrain = false;
    for (const { operation } of [...this.#operations.values()]) operation.queue.flush();
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#options.response.end();
    this.#options.share.close();
    this.#options.onClosed();
  }

  #close(): void {
    for (const { operation } of [...this.#operations.values()]) operation.cancel('client');
    this.#end();
  }

  /** HTTP/2's response has no `writableNeedDrain`. */
  #write(bytes: Buffer | string): void {
    if (!this.#isEnded) this.#needsDrain = !this.#options.response.write(bytes);
  }
}
