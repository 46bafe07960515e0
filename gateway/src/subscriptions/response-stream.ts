import type { ServerResponse } from 'node:http';
import type { Identity } from '@marquee/identity';
import type { GraphQLFormattedError } from 'graphql';
import { type ClientConnection, ClientOperation } from './client-operation.ts';
import type { EndReason } from './end-reasons.ts';
import type { SubscriptionSettings } from './settings.ts';
import type { StreamFormat } from './stream-format.ts';

export interface ResponseStreamOptions {
  readonly response: ServerResponse;
  readonly format: StreamFormat;
  readonly identity: Identity;
  readonly settings: SubscriptionSettings;
  readonly onDrop: () => void;
  readonly onClosed: () => void;
}

/** A streamed HTTP response that carries one operation and ends with it. */
export class ResponseStream implements ClientConnection {
  readonly identity: Identity;
  readonly operation: ClientOperation;
  readonly #options: ResponseStreamOptions;
  #needsDrain = false;

  constructor(options: ResponseStreamOptions) {
    const { response, format, identity, settings, onDrop, onClosed } = options;
    this.#options = options;
    this.identity = identity;
    this.operation = new ClientOperation({
      connection: this,
      framing: format,
      maxQueuedEvents: settings.maxQueuedEvents,
      onDrop,
      onFinished: () => {
        response.end();
        onClosed();
      },
    });
    response.on('drain', () => {
      this.#needsDrain = false;
      this.operation.queue.flush();
    });
    response.on('close', () => this.operation.cancel('client'));
    response.on('error', () => response.destroy());
    this.#write(format.opening);
  }

  get isBlocked(): boolean {
    const { response, settings } = this.#options;
    return this.#needsDrain && response.writableLength > settings.maxBufferedBytes;
  }

  send(message: Buffer): void {
    this.#write(message);
  }

  /** Ends the operation and the response from the server's side. */
  endWith(reason: EndReason, errors?: readonly GraphQLFormattedError[]): void {
    this.operation.endWith(reason, errors);
  }

  keepAlive(): void {
    this.#write(this.#options.format.heartbeat);
  }

  /** HTTP/2's response has no `writableNeedDrain`. */
  #write(bytes: Buffer | string): void {
    this.#needsDrain = !this.#options.response.write(bytes);
  }
}
