import { CodedError } from '@marquee/errors';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { type GraphQLRequest, readRequest } from '../pipeline/graphql-request.ts';
import type { OperationReader } from '../pipeline/requested-operation.ts';
import { eventStreamFormat, multipartFormat, type StreamFormat } from './stream-format.ts';

const EVENT_STREAM = 'text/event-stream';
const MEDIA_TYPES = ['application/json', 'application/graphql-response+json', EVENT_STREAM];
const MULTIPART_SUBSCRIPTION = /multipart\/mixed[^,]*;\s*subscriptionSpec="?1\.0\b/i;

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
