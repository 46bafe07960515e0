import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { CodedError, forbidden, isCoded } from '@marquee/errors';
import { networkOf } from '@marquee/identity';
import type { RecordSecurityEvent } from '@marquee/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkDocumentId, checkDocumentIsNamed, isRecord, readRequest } from '../pipeline/graphql-request.ts';
import { checkText, type OperationLimits, tooLarge } from '../protection/limits.ts';
import type { IsAllowedOrigin } from '../request/origins.ts';
import type { ResponseStreams } from '../subscriptions/response-streams.ts';
import type { SharedStreams } from '../subscriptions/shared-streams.ts';
import { acceptsStream, streamTokenOf } from '../subscriptions/streamed-requests.ts';
import { codeOf } from '../telemetry/access-log.ts';
import { withStatus } from './apollo-pipeline.ts';
import { explorerPage } from './explorer.ts';
import {
  admit,
  type AdmissionOptions,
  type HttpGatewayRequest,
  httpRequest,
  type HttpRequestOptions,
} from './http-request.ts';
import type { IncrementalRequests } from './incremental-requests.ts';
import type { PlainRequests } from './plain-requests.ts';
import type { HttpRecord, RequestRecords } from './request-records.ts';
import { rejectSimpleRequest } from './simple-requests.ts';

export interface GraphqlRouteOptions extends AdmissionOptions, HttpRequestOptions {
  readonly path: string;
  readonly apollo: ApolloServer<HttpGatewayRequest>;
  /** Undefined with the stock executor. */
  readonly plainRequests: PlainRequests | undefined;
  /** Undefined with the stock executor. */
  readonly incrementalRequests: IncrementalRequests | undefined;
  readonly responseStreams: ResponseStreams;
  readonly sharedStreams: SharedStreams;
  readonly limits: OperationLimits;
  /** Whether GraphiQL is served. */
  readonly explorer: boolean;
  readonly records: RequestRecords;
  readonly isAllowedOrigin: IsAllowedOrigin;
  readonly securityEvent: RecordSecurityEvent;
}

/** The GraphQL endpoint: GraphQL over HTTP, event streams, multipart responses, and GraphiQL's page. */
export function graphqlRoute(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const { path, apollo, plainRequests, incrementalRequests, responseStreams, sharedStreams, explorer, records } =
    options;
  const handle = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const record = records.of(request);
      try {
        await chargeBatch(request, record, options);
        checkRequests(request, options.limits);
        return httpRequest(record, options);
      } catch (error) {
        if (isCoded(error)) record.codes.push(codeOf(error));
        else record.failure = error;
        throw withStatus(error);
      }
    },
  });

  const admission = (request: FastifyRequest) => admit(request, records.of(request), options);

  const answer = async (request: FastifyRequest, reply: FastifyReply, record: HttpRecord): Promise<unknown> => {
    const token = streamTokenOf(request);
    if (token && request.method === 'POST') return sharedStreams.start(token, request, reply, record);
    const format = acceptsStream(request) ? await responseStreams.formatFor(request) : undefined;
    if (format) requireAllowedOrigin(request, options);
    if (token && format) return sharedStreams.open(token, request, reply, record);
    if (format) return responseStreams.answer(request, reply, record, format);
    if (explorer && isNavigation(request)) return explorerPage(reply);
    rejectSimpleRequest(request);
    const incremental = await incrementalRequests?.read(request);
    const plain = incremental ? undefined : plainRequests?.read(request);
    const body: unknown = await (incremental
      ? incrementalRequests?.answer(incremental, reply, record)
      : plain
        ? plainRequests?.answer(plain, reply, record)
        : handle.call(app, request, reply));
    // Apollo Server would respond without logging it.
    if (record.failure !== undefined) throw record.failure;
    applyMediaTypeStatus(reply, record);
    if (record.isBatch && record.isExecuted) reply.code(200);
    return record.written ?? body;
  };

  app.route({
    method: ['GET', 'POST'],
    url: path,
    onRequest: admission,
    handler: (request, reply) => {
      const record = records.of(request);
      return (record.answered = answer(request, reply, record));
    },
  });
  app.route({
    method: ['PUT', 'DELETE'],
    url: path,
    onRequest: admission,
    handler: async (request, reply) => {
      if (request.method === 'PUT') return sharedStreams.reserve(request, reply);
      return sharedStreams.stop(streamTokenOf(request) ?? '', request, reply);
    },
  });
  app.route({
    method: ['PATCH', 'OPTIONS'],
    url: path,
    handler: async (_request, reply) => reply.code(405).header('allow', 'GET, POST, PUT, DELETE').send(),
  });
}

/** @throws FORBIDDEN when another website's script opens a stream */
function requireAllowedOrigin({ headers, ip }: FastifyRequest, options: GraphqlRouteOptions): void {
  if (options.isAllowedOrigin(headers)) return;
  options.securityEvent('origin-rejected', { address: networkOf(ip), detail: headers.origin });
  throw forbidden('Pages of this origin may not open event streams. Ask the operator to add it to CORS_ORIGINS.');
}

function isNavigation({ method, headers, query }: FastifyRequest): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true && !('query' in (query as object));
}

/** Charges the operations of a batch but the first, which its request has paid. */
async function chargeBatch({ body }: FastifyRequest, record: HttpRecord, options: GraphqlRouteOptions): Promise<void> {
  record.isBatch = Array.isArray(body);
  const operations = Array.isArray(body) ? Math.min(body.length, options.limits.maxBatch) : 1;
  if (operations > 1) await options.charge(httpRequest(record, options), operations - 1);
}

/** Checks what Apollo Server does not, before it parses. @throws OPERATION_TOO_LARGE or BAD_USER_INPUT */
function checkRequests({ method, body, query }: FastifyRequest, limits: OperationLimits): void {
  const sent = method === 'GET' ? query : body;
  const operations: unknown[] = Array.isArray(sent) ? sent : [sent];
  if (operations.length === 0) throw new CodedError('BAD_USER_INPUT', 'Send at least one operation.');
  if (operations.length > limits.maxBatch) throw tooLarge('maxBatch', limits.maxBatch);
  for (const operation of operations) {
    if (method === 'POST') checkDocumentIsNamed(readRequest(operation));
    if (!isRecord(operation)) continue;
    if (method === 'GET') {
      checkDocumentId(operation);
      // Those of a GET are text, which Apollo Server parses.
      if (!operation['extensions']) checkDocumentIsNamed(operation);
    }
    if (typeof operation['query'] === 'string') checkText(operation['query'], limits);
  }
}

const INVALID_DOCUMENT = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** GraphQL over HTTP: a document that does not parse or validate is 200 in `application/json`. */
function applyMediaTypeStatus(reply: FastifyReply, { codes }: HttpRecord): void {
  if (reply.statusCode !== 400 || !codes.some((code) => INVALID_DOCUMENT.has(code))) return;
  if (String(reply.getHeader('content-type')).startsWith('application/json')) reply.code(200);
}
