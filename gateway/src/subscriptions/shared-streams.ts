import { CodedError, rateLimited } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRecord, readRequest } from '../pipeline/graphql-request.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import type { ResponseStream } from './response-stream.ts';
import type { ResponseStreams } from './response-streams.ts';
import { runOperation } from './run-operation.ts';
import { eventStreamFormat, sharedFraming } from './stream-format.ts';
import { MAX_OPERATION_ID } from './operation-id.ts';
import { checkOwner, type StreamTokens, userIn } from './stream-tokens.ts';
import { requestOver, sizeOf } from './streamed-requests.ts';
import type { StreamingOptions } from './streaming-options.ts';

interface OpenStream {
  readonly owner: string;
  readonly stream: ResponseStream;
}

/**
 * Event streams in the single connection mode of GraphQL over SSE: one stream carries the events of many operations,
 * which other requests start and stop.
 *
 * A stream lives in one process, which must also get the requests with its token.
 */
export class SharedStreams {
  readonly #streams: ResponseStreams;
  readonly #tokens: StreamTokens;
  readonly #options: StreamingOptions;
  readonly #open = new Map<string, OpenStream>();

  constructor(streams: ResponseStreams, tokens: StreamTokens, options: StreamingOptions) {
    this.#streams = streams;
    this.#tokens = tokens;
    this.#options = options;
  }

  /** PUT: reserves a stream for its caller. */
  async reserve({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { caller } = await this.#options.authenticate(headers.authorization);
    const token = await this.#tokens.reserve(caller);
    return reply.code(201).type('text/plain; charset=utf-8').send(token);
  }

  /** GET: opens the stream. The token suffices, because a browser's EventSource sends no `Authorization`. */
  async open(token: string, received: FastifyRequest, reply: FastifyReply, record: RequestRecord): Promise<void> {
    record.transport = 'sse';
    const owner = await this.#tokens.ownerOf(token);
    const share = this.#streams.shareOf(received, userIn(owner));
    const stream = this.#streams.open(reply, eventStreamFormat, share, () => this.#open.delete(token));
    if (!stream) return;
    this.#tokens.markOpened(token);
    this.#open.set(token, { owner, stream });
  }

  /** POST: starts an operation. Its results, and errors after this check, are events. */
  async start(token: string, received: FastifyRequest, reply: FastifyReply, record: RequestRecord): Promise<void> {
    record.transport = 'sse';
    const { stream, identity } = await this.#streamOf(token, received);
    const id = operationIdIn(received.body);
    if (stream.has(id)) throw new CodedError('BAD_USER_INPUT', 'This operationId is in use. Choose another.');
    if (stream.size >= this.#options.settings.maxSubscriptionsPerSocket) {
      throw rateLimited(1, 'Too many operations are open on this stream. Stop one, then try again.');
    }
    const target = stream.add(id, sharedFraming(id), identity);
    const request = requestOver(received, identity, record, this.#options);
    await reply.code(202).send();
    const size = sizeOf(received);
    await runOperation({ decode: () => readRequest(received.body), request, target, size, fee: 0 }, this.#options);
  }

  /** DELETE: stops an operation, if it runs. */
  async stop(token: string, received: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { stream } = await this.#streamOf(token, received);
    stream.cancel(checkedId((received.query as Record<string, unknown>)['operationId']));
    return reply.code(200).send();
  }

  async #streamOf(token: string, { headers }: FastifyRequest): Promise<OpenStream & { readonly identity: Identity }> {
    const identity = await this.#options.authenticate(headers.authorization);
    const open = this.#open.get(token);
    if (!open)
      throw new CodedError('NOT_FOUND', 'No event stream with this token is open here. Open it with GET first.');
    checkOwner(open.owner, identity.caller);
    return { ...open, identity };
  }
}

function operationIdIn(body: unknown): string {
  const { extensions } = readRequest(body);
  return checkedId(isRecord(extensions) ? extensions['operationId'] : undefined);
}

function checkedId(id: unknown): string {
  if (typeof id === 'string' && id !== '' && id.length <= MAX_OPERATION_ID) return id;
  const message = `'operationId' must be a string of 1 to ${MAX_OPERATION_ID} characters.`;
  throw new CodedError('BAD_USER_INPUT', message);
}
