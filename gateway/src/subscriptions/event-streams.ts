import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { CodedError, rateLimited } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import { beginChildSpan, SpanKind } from '@marquee/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import { type GraphQLRequest, readRequest } from '../pipeline/graphql-request.ts';
import { clientOf, clientAt } from '../request/client.ts';
import { UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { sessionRevoked, tokenExpired } from './end-reasons.ts';
import { EventStream } from './event-stream.ts';
import type { StreamingOptions } from './streaming-options.ts';
import { streamedRequest, runOperation } from './run-operation.ts';

export interface EventStreamsOptions extends StreamingOptions {
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
}

/** All server-sent event streams of this process. */
export class EventStreams {
  readonly #options: EventStreamsOptions;
  readonly #streams = new Map<EventStream, Identity>();
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #keepAliveAt: number;

  constructor(options: EventStreamsOptions) {
    this.#options = options;
    this.#keepAliveAt = options.now() + options.settings.pingEveryMs;
    this.#timer = setInterval(() => this.#tick(), options.settings.tickMs).unref();
    this.#stopListening = options.onRevoked((sessionId) => this.#revoke(sessionId));
  }

  get size(): number {
    return this.#streams.size;
  }

  /**
   * Responds with an event stream.
   *
   * @throws UNAUTHENTICATED or RATE_LIMITED, as HTTP errors. Later errors are events, because the browser's EventSource
   * does not expose the body of an HTTP error.
   */
  async answer(received: FastifyRequest, reply: FastifyReply, record: RequestRecord): Promise<void> {
    const { authenticate, settings } = this.#options;
    record.transport = 'sse';
    const identity = await authenticate(received.headers.authorization);
    if (this.#streams.size >= settings.maxSockets) {
      throw rateLimited(30, 'Too many event streams are open. Try again later.');
    }
    reply.hijack();
    // The client may have disconnected while its token was verified.
    if (reply.raw.destroyed) return;
    writeHead(reply);
    const target = this.#open(reply.raw, identity);
    const isReadOnly = received.method === 'GET';
    const decode = () => (isReadOnly ? fromQueryString(received) : readRequest(received.body));
    const request = this.#requestOf(received, identity, record);
    await runOperation({ decode, request, target, isReadOnly }, this.#options);
  }

  /** Completes all streams. */
  stop(): void {
    clearInterval(this.#timer);
    this.#stopListening();
    for (const stream of [...this.#streams.keys()]) stream.endWith('going-away');
  }

  #open(response: ServerResponse, identity: Identity): EventStream {
    const { settings, onDrop } = this.#options;
    const { maxBufferedBytes, maxQueuedEvents } = settings;
    const onClosed = () => this.#streams.delete(stream);
    const stream: EventStream = new EventStream({ response, maxBufferedBytes, maxQueuedEvents, onDrop, onClosed });
    this.#streams.set(stream, identity);
    return stream;
  }

  #requestOf({ headers, ip }: FastifyRequest, identity: Identity, record: RequestRecord): GatewayRequest {
    const { tracer, now, timeoutMs } = this.#options;
    record.client = clientOf(headers, clientAt(ip, headers['user-agent']));
    const trace = beginChildSpan(tracer, UNKNOWN_OPERATION, SpanKind.INTERNAL, record.trace);
    return streamedRequest('sse', { identity, client: record.client, trace, deadline: now() + timeoutMs });
  }

  #tick(): void {
    const now = this.#options.now();
    for (const [stream, { caller }] of [...this.#streams]) {
      if (caller.kind === 'user' && caller.expiresAt.getTime() <= now) stream.endWith('token-expired', tokenExpired);
    }
    if (now < this.#keepAliveAt) return;
    this.#keepAliveAt = now + this.#options.settings.pingEveryMs;
    for (const stream of this.#streams.keys()) stream.keepAlive();
  }

  #revoke(sessionId: string): void {
    for (const [stream, { caller }] of [...this.#streams]) {
      if (caller.kind === 'user' && caller.sessionId === sessionId) stream.endWith('session-revoked', sessionRevoked);
    }
  }
}

function writeHead(reply: FastifyReply): void {
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  reply.raw.flushHeaders();
}

function fromQueryString({ query }: FastifyRequest): GraphQLRequest {
  const { variables, extensions, ...rest } = query as Record<string, unknown>;
  return readRequest({ ...rest, variables: parsed(variables), extensions: parsed(extensions) });
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new CodedError('BAD_USER_INPUT', 'A parameter of the query string is not valid JSON.');
  }
}
