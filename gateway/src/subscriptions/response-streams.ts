import type { OutgoingHttpHeaders } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { rateLimited } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import { beginChildSpan, SpanKind } from '@marquee/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import { clientOf, clientAt } from '../request/client.ts';
import { UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { sessionRevoked, tokenExpired } from './end-reasons.ts';
import { ResponseStream } from './response-stream.ts';
import { runOperation, streamedRequest } from './run-operation.ts';
import type { StreamFormat } from './stream-format.ts';
import { requestParameters, streamFormatFor } from './streamed-requests.ts';
import type { StreamingOptions } from './streaming-options.ts';

export interface ResponseStreamsOptions extends StreamingOptions {
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
}

/** All streamed HTTP responses of this process: event streams and multipart responses. */
export class ResponseStreams {
  readonly #options: ResponseStreamsOptions;
  readonly #streams = new Set<ResponseStream>();
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #keepAliveAt: number;

  constructor(options: ResponseStreamsOptions) {
    this.#options = options;
    this.#keepAliveAt = options.now() + options.settings.pingEveryMs;
    this.#timer = setInterval(() => this.#tick(), options.settings.tickMs).unref();
    this.#stopListening = options.onRevoked((sessionId) => this.#revoke(sessionId));
  }

  get size(): number {
    return this.#streams.size;
  }

  /** The format in which the client wants its operation streamed, if it does. */
  formatFor(request: FastifyRequest): Promise<StreamFormat | undefined> {
    return streamFormatFor(request, this.#options.reader);
  }

  /**
   * Responds with a stream.
   *
   * @throws UNAUTHENTICATED or RATE_LIMITED, as HTTP errors. Later errors are part of the stream, because the browser's
   * EventSource does not expose the body of an HTTP error.
   */
  async answer(
    received: FastifyRequest,
    reply: FastifyReply,
    record: RequestRecord,
    format: StreamFormat,
  ): Promise<void> {
    const { authenticate, settings } = this.#options;
    record.transport = format.transport;
    const identity = await authenticate(received.headers.authorization);
    if (this.#streams.size >= settings.maxSockets) {
      throw rateLimited(30, 'Too many streams are open. Try again later.');
    }
    reply.hijack();
    // The client may have disconnected while its token was verified.
    if (isClosed(reply)) return;
    writeHead(reply, format);
    const { operation } = this.#open(reply, format, identity);
    const decode = () => requestParameters(received);
    const request = this.#requestOf(received, identity, record);
    await runOperation({ decode, request, target: operation, isReadOnly: received.method === 'GET' }, this.#options);
  }

  /** Completes all streams. */
  stop(): void {
    clearInterval(this.#timer);
    this.#stopListening();
    for (const stream of [...this.#streams]) stream.endWith('going-away');
  }

  #open({ raw: response }: FastifyReply, format: StreamFormat, identity: Identity): ResponseStream {
    const { settings, onDrop } = this.#options;
    const onClosed = () => this.#streams.delete(stream);
    const stream: ResponseStream = new ResponseStream({ response, format, identity, settings, onDrop, onClosed });
    this.#streams.add(stream);
    return stream;
  }

  #requestOf({ headers, ip }: FastifyRequest, identity: Identity, record: RequestRecord): GatewayRequest {
    const { tracer, now, timeoutMs } = this.#options;
    record.client = clientOf(headers, clientAt(ip, headers['user-agent']));
    const trace = beginChildSpan(tracer, UNKNOWN_OPERATION, SpanKind.INTERNAL, record.trace);
    return streamedRequest(record.transport, { identity, client: record.client, trace, deadline: now() + timeoutMs });
  }

  #tick(): void {
    const now = this.#options.now();
    for (const stream of [...this.#streams]) {
      const { caller } = stream.identity;
      if (caller.kind === 'user' && caller.expiresAt.getTime() <= now) stream.endWith('token-expired', tokenExpired);
    }
    if (now < this.#keepAliveAt) return;
    this.#keepAliveAt = now + this.#options.settings.pingEveryMs;
    for (const stream of this.#streams) stream.keepAlive();
  }

  #revoke(sessionId: string): void {
    for (const stream of [...this.#streams]) {
      const { caller } = stream.identity;
      if (caller.kind === 'user' && caller.sessionId === sessionId) stream.endWith('session-revoked', sessionRevoked);
    }
  }
}

/** HTTP/2's response has no `destroyed`, but its stream has. */
function isClosed({ raw }: FastifyReply): boolean {
  return raw.destroyed || ('stream' in raw && (raw.stream as ServerHttp2Stream).destroyed);
}

function writeHead(reply: FastifyReply, { contentType }: StreamFormat): void {
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  reply.raw.flushHeaders();
}
