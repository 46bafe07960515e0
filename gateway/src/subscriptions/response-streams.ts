import { rateLimited } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Share, userIdOf } from '../protection/holdings/share.ts';
import { clientAt } from '../request/client.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { sessionRevoked, tokenExpired } from './end-reasons.ts';
import { ResponseStream } from './response-stream.ts';
import { runOperation } from './run-operation.ts';
import type { StreamFormat } from './stream-format.ts';
import { isClosed, writeStreamHead } from './stream-head.ts';
import { requestOver, requestParameters, sizeOf, streamFormatFor } from './streamed-requests.ts';
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
   * Responds with a stream of one operation.
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
    record.transport = format.transport;
    const identity = await this.#options.authenticate(received.headers.authorization);
    const share = this.shareOf(received, userIdOf(identity));
    const target = this.open(reply, format, share)?.add('', format, identity);
    if (!target) return;
    const decode = () => requestParameters(received);
    const request = requestOver(received, identity, record, this.#options);
    const size = sizeOf(received);
    await runOperation({ decode, request, target, size, fee: 0, isReadOnly: received.method === 'GET' }, this.#options);
  }

  /** Counts a stream. @throws RATE_LIMITED above the limits of streams */
  shareOf({ ip, headers }: FastifyRequest, userId: string | undefined): Share {
    const share = this.#options.holdings.shareOf(clientAt(ip, headers['user-agent']).network);
    if (share.belongTo(userId) && share.take('sockets')) return share;
    throw rateLimited(30, 'Too many streams are open. Close some, or try again later.');
  }

  /** Starts the response. Returns undefined when the client has disconnected meanwhile. */
  open(
    reply: FastifyReply,
    format: StreamFormat,
    share: Share,
    onSharedClosed?: () => void,
  ): ResponseStream | undefined {
    const { settings, onDrop } = this.#options;
    reply.hijack();
    if (isClosed(reply)) {
      share.close();
      return undefined;
    }
    writeStreamHead(reply, format.contentType);
    const onClosed = () => {
      this.#streams.delete(stream);
      onSharedClosed?.();
    };
    const isShared = onSharedClosed !== undefined;
    const response = reply.raw;
    const options = { response, format, share, isShared, settings, onDrop, onClosed };
    const stream: ResponseStream = new ResponseStream(options);
    this.#streams.add(stream);
    return stream;
  }

  /** Completes all streams. */
  stop(): void {
    clearInterval(this.#timer);
    this.#stopListening();
    for (const stream of [...this.#streams]) stream.complete('going-away');
  }

  #tick(): void {
    const now = this.#options.now();
    const hasExpired = ({ caller }: Identity) => caller.kind === 'user' && caller.expiresAt.getTime() <= now;
    for (const stream of [...this.#streams]) stream.endFor(hasExpired, 'token-expired', tokenExpired);
    if (now < this.#keepAliveAt) return;
    this.#keepAliveAt = now + this.#options.settings.pingEveryMs;
    for (const stream of this.#streams) stream.keepAlive();
  }

  #revoke(sessionId: string): void {
    const isRevoked = ({ caller }: Identity) => caller.kind === 'user' && caller.sessionId === sessionId;
    for (const stream of [...this.#streams]) stream.endFor(isRevoked, 'session-revoked', sessionRevoked);
  }
}
