import { CodedError } from '@marquee/errors';
import type { Identity } from '@marquee/identity';
import { beginChildSpan, SpanKind } from '@marquee/telemetry';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import { type GraphQLRequest, readRequest } from '../pipeline/graphql-request.ts';
import type { OperationReader } from '../pipeline/requested-operation.ts';
import { clientAt, clientOf } from '../request/client.ts';
import { UNKNOWN_OPERATION } from '../telemetry/operation-span.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { streamedRequest } from './run-operation.ts';
import { eventStreamFormat, multipartFormat, type StreamFormat } from './stream-format.ts';
import type { StreamingOptions } from './streaming-options.ts';

const EVENT_STREAM = 'text/event-stream';
const MEDIA_TYPES = ['application/json', 'application/graphql-response+json', EVENT_STREAM];
const MULTIPART_SUBSCRIPTION = /(?:^|,)\s*multipart\/mixed[^,]*;\s*subscriptionSpec="?1\.0\b/i;

/** Whether a client accepts any format of {@link streamFormatFor}. */
export function acceptsStream({ headers: { accept } }: FastifyRequest): boolean {
  return accept !== undefined && (accept.includes(EVENT_STREAM) || MULTIPART_SUBSCRIPTION.test(accept));
}

/**
 * The format in which a client wants its operation streamed; undefined when it wants a single response.
 *
 * Clients of the multipart protocol send the same header with queries, so only their subscriptions are streamed.
 */
export async function streamFormatFor(
  request: FastifyRequest,
  reader: OperationReader,
): Promise<StreamFormat | undefined> {
  const { accept = '' } = request.headers;
  if (prefersEventStream(accept)) return eventStreamFormat;
  return MULTIPART_SUBSCRIPTION.test(accept) && (await isSubscription(request, reader)) ? multipartFormat : undefined;
}

/** The parameters in the query string of a GET request, or in the body. @throws BAD_USER_INPUT */
export function requestParameters({ method, query, body }: FastifyRequest): GraphQLRequest {
  if (method !== 'GET') return readRequest(body);
  const { variables, extensions, ...rest } = query as Record<string, unknown>;
  return readRequest({ ...rest, variables: parsed(variables), extensions: parsed(extensions) });
}

/** The bytes of a request's body and address. */
export function sizeOf({ headers, body, url }: FastifyRequest): number {
  const length = headers['content-length'];
  return url.length + (length === undefined ? JSON.stringify(body ?? '').length : Number(length));
}

/** The token of an event stream in the single connection mode, in a header or the query string. */
export function streamTokenOf({ headers, query }: FastifyRequest): string | undefined {
  const token = headers['x-graphql-event-stream-token'] ?? (query as Record<string, unknown>)['token'];
  return typeof token === 'string' ? token : undefined;
}

/** The gateway's view of a streamed operation's request. */
export function requestOver(
  { headers, ip }: FastifyRequest,
  identity: Identity,
  record: RequestRecord,
  { tracer, now, timeoutMs }: Pick<StreamingOptions, 'tracer' | 'now' | 'timeoutMs'>,
): GatewayRequest {
  const client = clientOf(headers, clientAt(ip, headers['user-agent']));
  record.client = client;
  const trace = beginChildSpan(tracer, UNKNOWN_OPERATION, SpanKind.INTERNAL, record.trace);
  return streamedRequest(record.transport, {
    ...{ identity, client, trace, deadline: now() + timeoutMs },
    clientTraceId: record.clientTraceId,
  });
}

/** A client that also accepts JSON may prefer it. */
function prefersEventStream(accept: string): boolean {
  if (!accept.includes(EVENT_STREAM)) return false;
  return new Negotiator({ headers: { accept } }).mediaType(MEDIA_TYPES) === EVENT_STREAM;
}

/** A request that cannot be read is no subscription: its error is a single response. */
async function isSubscription(request: FastifyRequest, reader: OperationReader): Promise<boolean> {
  try {
    return (await reader.read(requestParameters(request))).kind === 'subscription';
  } catch {
    return false;
  }
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new CodedError('BAD_USER_INPUT', 'A parameter of the query string is not valid JSON.');
  }
}
