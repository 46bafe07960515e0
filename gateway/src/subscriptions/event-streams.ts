import type { OutgoingHttpHeaders } from 'node:http';
import { CodedError, rateLimited } from '@marquee/errors';
import { beginPart, SpanKind } from '@marquee/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientOf, clientAt } from '../request/client.ts';
import type { Identity } from '@marquee/identity';
import { UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { sessionRevoked, tokenExpired } from './end-reasons.ts';
import { EventStream } from './event-stream.ts';
import { type GraphQLRequest, readRequest } from '../pipeline/graphql-request.ts';
import type { LiveOptions } from './live-options.ts';
import { liveRequest, runOperation } from './run-operation.ts';

export interface EventStreamsOptions extends LiveOptions {
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
   * Answers a request whose client accepts `text/event-stream`.
   *
   * @throws UNAUTHENTICATED, which is an HTTP error; every later refusal is an event, since browsers' EventSource shows
   * no error's body.
   */
  async answer(request: FastifyRequest, reply: FastifyReply, record: RequestRecord): Promise<void> {
    const { authenticate, settings, onDrop, now, timeoutMs, tracer } = this.#options;
    record.transport = 'sse';
    const identity = await authenticate(request.headers.authorization);
    if (this.#streams.size >= settings.maxSockets) {
      throw rateLimited(30, 'There are too many event streams. Try again later.');
    }
    reply.hijack();
    // Whoever left while the token was verified is not told of again.
    if (reply.raw.destroyed) return;
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    reply.raw.flushHeaders();
    const { maxBufferedBytes, maxQueuedEvents } = settings;
    const stream: EventStream = new EventStream({
      response: reply.raw,
      maxBufferedBytes,
      maxQueuedEvents,
      onDrop,
      onClosed: () => this.#streams.delete(stream),
    });
    this.#streams.set(stream, identity);
    const client = clientOf(request.headers, clientAt(request.ip, request.headers['user-agent']));
    record.client = client;
    const trace = beginPart(tracer, UNKNOWN_OPERATION, SpanKind.INTERNAL, record.trace);
    const isReadOnly = request.method === 'GET';
    const decode = () => (isReadOnly ? fromQueryString(request) : readRequest(request.body));
    const own = liveRequest('sse', { identity, client, trace, deadline: now() + timeoutMs });
    await runOperation({ decode, request: own, target: stream, isReadOnly }, this.#options);
  }

  /** Completes all streams. */
  stop(): void {
    clearInterval(this.#timer);
    this.#stopListening();
    for (const stream of [...this.#streams.keys()]) stream.endWith('going-away');
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
