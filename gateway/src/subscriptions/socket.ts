import { maskError, rateLimited } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import { beginTrace, SpanKind } from '@marquee/telemetry';
import type { GraphQLFormattedError } from 'graphql';
import { CloseCode, type Message, MessageType, type SubscribeMessage, stringifyMessage } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { readRequest } from '../pipeline/graphql-request.ts';
import { type Client, clientOf } from '../request/client.ts';
import { UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import { ClientOperation } from './client-operation.ts';
import { type EndReason, sessionRevoked, tokenExpired } from './end-reasons.ts';
import { socketFraming } from './framing.ts';
import { readMessage } from './socket-messages.ts';
import type { StreamingOptions } from './streaming-options.ts';
import { streamedRequest, runOperation } from './run-operation.ts';
import { renewToken } from './token-renewal.ts';

const FRAME = { binary: false, compress: false };

/** At least the size of a WebSocket frame's header. */
const HEADER_BYTES = 16;

/** One client's graphql-transport-ws connection. */
export class GraphqlSocket {
  readonly #socket: WebSocket;
  readonly #options: StreamingOptions;
  readonly #openedAt: number;
  readonly #operations = new Map<string, ClientOperation>();
  #client: Client;
  #identity: Identity | undefined;
  #hasInit = false;
  #isAlive = true;
  #nextPingAt: number;

  constructor(socket: WebSocket, client: Client, options: StreamingOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#client = client;
    this.#openedAt = options.now();
    this.#nextPingAt = this.#openedAt + options.settings.pingEveryMs;
    socket.on('message', (data) => void this.#onMessage(String(data)));
    socket.on('pong', () => (this.#isAlive = true));
    socket.on('close', () => this.#endAll('client'));
    socket.on('error', () => socket.terminate());
  }

  get isBlocked(): boolean {
    return this.#socket.bufferedAmount > this.#options.settings.maxBufferedBytes;
  }

  get sessionId(): string | undefined {
    return this.#identity?.caller.kind === 'user' ? this.#identity.caller.sessionId : undefined;
  }

  /**
   * Sends one message. Above `maxBufferedBytes`, the queues are flushed once the message is written, so that the last
   * such message empties them.
   */
  send(message: Buffer): void {
    const { maxBufferedBytes, maxUnsentBytes } = this.#options.settings;
    const unsent = this.#socket.bufferedAmount + message.length + HEADER_BYTES;
    if (unsent <= maxBufferedBytes) this.#socket.send(message, FRAME);
    else if (unsent <= maxUnsentBytes) this.#socket.send(message, FRAME, this.#flushQueues);
    else this.#socket.terminate();
  }

  readonly #flushQueues = (): void => {
    for (const operation of this.#operations.values()) operation.queue.flush();
  };

  /** Checks init timeout, token expiry and ping; called every `tickMs`. */
  tick(now: number): void {
    const { settings } = this.#options;
    if (!this.#hasInit && now - this.#openedAt > settings.initTimeoutMs) {
      this.#socket.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
    }
    const caller = this.#identity?.caller;
    if (caller?.kind === 'user' && caller.expiresAt.getTime() <= now) {
      return this.#close('token-expired', tokenExpired, 'Access token expired');
    }
    if (now >= this.#nextPingAt) this.#ping(now);
  }

  /** Ends the connection because its session was revoked. */
  revoke(): void {
    this.#close('session-revoked', sessionRevoked, 'Session ended');
  }

  /** Closes with 1001, so that the client reconnects to another server. */
  goAway(): void {
    this.#endAll('going-away');
    this.#socket.close(1001, 'Going away');
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Closes with 4403 Forbidden, because graphql-ws reconnects after it, but not after 4401 Unauthorized. */
  #close(reason: EndReason, errors: readonly GraphQLFormattedError[], text: string): void {
    for (const operation of [...this.#operations.values()]) operation.endWith(reason, errors);
    this.#socket.close(CloseCode.Forbidden, text);
  }

  #endAll(reason: EndReason): void {
    for (const operation of [...this.#operations.values()]) operation.cancel(reason);
  }

  #ping(now: number): void {
    if (!this.#isAlive) return this.#socket.terminate();
    this.#isAlive = false;
    this.#nextPingAt = now + this.#options.settings.pingEveryMs;
    this.#socket.ping();
  }

  async #onMessage(data: string): Promise<void> {
    // A client may keep sending after the close frame; nothing more runs with its expired token.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#isAlive = true;
    let message: Message;
    try {
      message = readMessage(data);
    } catch {
      return this.#socket.close(CloseCode.BadRequest, 'Invalid message received');
    }
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#init(message.payload ?? {});
      case MessageType.Ping:
        return this.#answerPing(message.payload);
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.#subscribe(message);
      case MessageType.Complete:
        return this.#operations.get(message.id)?.cancel('client');
      default:
        return this.#socket.close(CloseCode.BadRequest, `Unexpected message of type ${message.type} received`);
    }
  }

  async #init(payload: Record<string, unknown>): Promise<void> {
    if (this.#hasInit) {
      return this.#socket.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
    }
    this.#hasInit = true;
    this.#client = clientOf(payload, this.#client);
    try {
      this.#identity = await this.#options.authenticate(authorizationIn(payload));
    } catch {
      return this.#socket.close(CloseCode.Forbidden, 'Forbidden');
    }
    this.#sendMessage({ type: MessageType.ConnectionAck });
  }

  async #answerPing(payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = payload ? authorizationIn(payload) : undefined;
    if (authorization === undefined || !this.#identity) {
      return this.#sendMessage(payload ? { type: MessageType.Pong, payload } : { type: MessageType.Pong });
    }
    const outcome = await renewToken(this.#identity, authorization, this.#options.authenticate);
    if (outcome.identity) {
      const { identity } = outcome;
      this.#identity = identity;
      await Promise.all([...this.#operations.values()].map((operation) => operation.subscription?.renew(identity)));
    }
    this.#sendMessage({ type: MessageType.Pong, payload: outcome.payload });
  }

  async #subscribe({ id, payload }: SubscribeMessage): Promise<void> {
    const identity = this.#identity;
    if (!identity) return this.#socket.close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.#operations.has(id)) {
      return this.#socket.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${truncated(id)} already exists`);
    }
    const { settings, onDrop, now, timeoutMs, tracer } = this.#options;
    const operation = new ClientOperation({
      connection: this,
      framing: socketFraming(id),
      maxQueuedEvents: settings.maxQueuedEvents,
      onDrop,
      onFinished: () => this.#operations.delete(id),
    });
    if (this.#operations.size >= settings.maxSubscriptionsPerSocket) {
      const message = 'Too many operations are open on this socket. Complete one, then try again.';
      return operation.finish([maskError(rateLimited(1, message))]);
    }
    this.#operations.set(id, operation);
    const trace = beginTrace(tracer, UNKNOWN_OPERATION, SpanKind.SERVER, payload.extensions?.['traceparent']);
    const requestContext = { identity, client: this.#client, trace, deadline: now() + timeoutMs };
    const request = streamedRequest('websocket', requestContext);
    await runOperation({ decode: () => readRequest(payload), request, target: operation }, this.#options);
    // The token may have been renewed while the operation was being prepared.
    const latest = this.#identity ?? identity;
    if (latest !== identity) await operation.subscription?.renew(latest);
  }

  #sendMessage(message: Message): void {
    this.send(Buffer.from(stringifyMessage(message)));
  }
}

/** The reason of a close frame is limited to 123 bytes. */
function truncated(id: string): string {
  return id.slice(0, 30);
}

/** Clients write this header name in either case. */
function authorizationIn(payload: Readonly<Record<string, unknown>>): string | undefined {
  const value = payload['Authorization'] ?? payload['authorization'];
  return typeof value === 'string' ? value : undefined;
}
