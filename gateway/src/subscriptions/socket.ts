import { maskError, rateLimited } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import type { GraphQLFormattedError } from 'graphql';
import { CloseCode, type Message, MessageType, type SubscribeMessage, stringifyMessage } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { readRequest } from '../pipeline/graphql-request.ts';
import { Backlog } from '../protection/holdings/backlog.ts';
import type { MessageRates } from '../protection/holdings/message-rates.ts';
import { type Share, userIdOf } from '../protection/holdings/share.ts';
import { type Client, clientOf } from '../request/client.ts';
import { UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import { recordRefusedCredential } from '../telemetry/security.ts';
import { ClientOperation } from './client-operation.ts';
import { type EndReason, sessionRevoked, tokenExpired } from './end-reasons.ts';
import { socketFraming } from './framing.ts';
import { InvalidMessageError, readMessage } from './socket-messages.ts';
import type { StreamingOptions } from './streaming-options.ts';
import { streamedRequest, runOperation } from './run-operation.ts';
import { renewToken } from './token-renewal.ts';

const FRAME = { binary: false, compress: false };

/** At least the size of a WebSocket frame's header. */
const HEADER_BYTES = 16;

/** A larger payload of a ping is not repeated in its pong. */
const MAX_PONG_BYTES = 1_024;

/** The close code for limits of a network, after which graphql-ws connects again later. */
const TRY_AGAIN_LATER = 1013;

/** The connection of a client, and what it counts for. */
export interface SocketClient {
  readonly socket: WebSocket;
  readonly client: Client;
  readonly share: Share;
  readonly exceededBy: ReturnType<MessageRates['counterFor']>;
  /** Bytes that have arrived. */
  readonly bytesRead: () => number;
}

/** One client's graphql-transport-ws connection. */
export class GraphqlSocket {
  readonly #socket: WebSocket;
  readonly #options: StreamingOptions;
  readonly #share: Share;
  readonly #backlog: Backlog;
  readonly #exceededBy: SocketClient['exceededBy'];
  readonly #bytesRead: () => number;
  /** `bytesRead` when the last message was complete. */
  #readUntil: number;
  readonly #openedAt: number;
  readonly #operations = new Map<string, ClientOperation>();
  #client: Client;
  #identity: Identity | undefined;
  #hasInit = false;
  #isAlive = true;
  #nextPingAt: number;

  constructor({ socket, client, share, exceededBy, bytesRead }: SocketClient, options: StreamingOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#client = client;
    this.#share = share;
    this.#exceededBy = exceededBy;
    this.#bytesRead = bytesRead;
    this.#readUntil = bytesRead();
    this.#openedAt = options.now();
    this.#backlog = new Backlog(share, options.settings.readTimeoutMs);
    this.#nextPingAt = this.#openedAt + options.settings.pingEveryMs;
    socket.on('message', (data) => void this.#onMessage(data as Buffer));
    socket.on('ping', (data) => void this.#countMessage(data.length));
    socket.on('pong', (data) => (this.#isAlive = this.#countMessage(data.length)));
    socket.on('close', () => {
      this.#endAll('client');
      share.close();
    });
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
   * such message empties them. Closes a socket that exceeds the limits of unsent bytes.
   */
  send(message: Buffer): void {
    const { maxBufferedBytes, maxUnsentBytes } = this.#options.settings;
    const unsent = this.#socket.bufferedAmount + message.length + HEADER_BYTES;
    if (unsent <= maxBufferedBytes) return this.#socket.send(message, FRAME);
    const isAllowed = unsent <= maxUnsentBytes && this.#backlog.update({ unread: unsent }, this.#options.now());
    if (isAllowed) this.#socket.send(message, FRAME, this.#flushQueues);
    else this.#socket.terminate();
  }

  readonly #flushQueues = (): void => {
    for (const operation of this.#operations.values()) operation.queue.flush();
  };

  /** Checks init timeout, unread and unfinished messages, token expiry and ping; called every `tickMs`. */
  tick(now: number): void {
    const { settings } = this.#options;
    const unfinished = Math.min(this.#bytesRead() - this.#readUntil, settings.maxMessageBytes);
    if (!this.#backlog.update({ unread: this.#socket.bufferedAmount, unfinished }, now)) return this.terminate();
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

  /** Counts a message, whatever it says. @returns whether the limits allow it; otherwise the socket is closed */
  #countMessage(size: number): boolean {
    const exceeded = this.#exceededBy(size);
    if (exceeded === undefined) return true;
    this.#options.metrics.socketsFlooding.inc({ limit: exceeded });
    this.#options.securityEvent('rate-limited', { address: this.#client.network, detail: `messages of a ${exceeded}` });
    if (exceeded === 'socket') this.#socket.close(CloseCode.TooManyInitialisationRequests, 'Too many messages');
    else this.#socket.close(TRY_AGAIN_LATER, 'Too many messages from your network');
    return false;
  }

  async #onMessage(data: Buffer): Promise<void> {
    this.#readUntil = this.#bytesRead();
    // A client may keep sending after the close frame; nothing more runs with its expired token.
    if (this.#socket.readyState !== this.#socket.OPEN || !this.#countMessage(data.length)) return;
    this.#isAlive = true;
    let message: Message;
    try {
      message = readMessage(data.toString());
    } catch (error) {
      const reason = error instanceof InvalidMessageError ? error.message : 'Invalid message received';
      return this.#socket.close(CloseCode.BadRequest, reason);
    }
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#init(message.payload ?? {});
      case MessageType.Ping:
        return this.#answerPing(data.length <= MAX_PONG_BYTES ? message.payload : renewalIn(message.payload));
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.#subscribe(message, data.length);
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
    } catch (error) {
      recordRefusedCredential(this.#options.securityEvent, error, this.#client);
      return this.#socket.close(CloseCode.Forbidden, 'Forbidden');
    }
    if (!this.#share.belongTo(userIdOf(this.#identity))) {
      return this.#socket.close(TRY_AGAIN_LATER, 'Too many sockets of this user');
    }
    this.#sendMessage({ type: MessageType.ConnectionAck });
  }

  async #answerPing(payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = payload ? authorizationIn(payload) : undefined;
    if (authorization === undefined || !this.#identity) {
      return this.#sendMessage(payload ? { type: MessageType.Pong, payload } : { type: MessageType.Pong });
    }
    const outcome = await renewToken(this.#identity, authorization, this.#options.authenticate);
    recordRefusedCredential(this.#options.securityEvent, outcome.refusal, this.#client);
    if (outcome.identity) {
      const { identity } = outcome;
      this.#identity = identity;
      await Promise.all([...this.#operations.values()].map((operation) => operation.subscription?.renew(identity)));
    }
    this.#sendMessage({ type: MessageType.Pong, payload: outcome.payload });
  }

  async #subscribe({ id, payload }: SubscribeMessage, size: number): Promise<void> {
    const identity = this.#identity;
    if (!identity) return this.#socket.close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.#operations.has(id)) {
      return this.#socket.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${truncated(id)} already exists`);
    }
    const { settings, onDrop, now, timeoutMs, beginIncoming } = this.#options;
    const operation = new ClientOperation({
      connection: this,
      framing: socketFraming(id),
      share: this.#share,
      maxQueuedEvents: settings.maxQueuedEvents,
      onDrop,
      onFinished: () => this.#operations.delete(id),
    });
    if (this.#operations.size >= settings.maxSubscriptionsPerSocket) {
      const message = 'Too many operations are open on this socket. Complete one, then try again.';
      return operation.finish([maskError(rateLimited(1, message))]);
    }
    this.#operations.set(id, operation);
    const traced = beginIncoming(UNKNOWN_OPERATION, payload.extensions?.['traceparent']);
    const deadline = now() + timeoutMs;
    const request = streamedRequest('websocket', { identity, client: this.#client, ...traced, deadline });
    await runOperation({ decode: () => readRequest(payload), request, target: operation, size, fee: 1 }, this.#options);
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

/** A token is longer than what a pong repeats. */
function renewalIn(payload: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  const authorization = payload && authorizationIn(payload);
  return authorization === undefined ? undefined : { authorization };
}

/** Clients write this header name in either case. */
function authorizationIn(payload: Readonly<Record<string, unknown>>): string | undefined {
  const value = payload['Authorization'] ?? payload['authorization'];
  return typeof value === 'string' ? value : undefined;
}
