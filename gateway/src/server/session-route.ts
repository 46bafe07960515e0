import { badInput, forbidden, isCoded } from '@marquee/errors';
import { ANONYMOUS, type Authenticate, networkOf } from '@marquee/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Engine } from '../engine/api.ts';
import { isRecord, readRequest } from '../pipeline/graphql-request.ts';
import type { OperationPipeline } from '../pipeline/operation-pipeline.ts';
import type { OperationReader, RequestedOperation } from '../pipeline/requested-operation.ts';
import type { IsAllowedOrigin } from '../request/origins.ts';
import { errorResponse } from './http-errors.ts';
import { admit, type AdmissionOptions, type HttpRequestOptions, httpRequest } from './http-request.ts';
import type { HttpRecord, RequestRecords } from './request-records.ts';
import { dropSessionToken, keepSessionToken, SESSION_PATH, sessionTokenOf } from './session-cookie.ts';
import { readSessionOperation, REFRESH_TOKEN, type SessionOperation } from './session-operation.ts';

export interface SessionRouteOptions extends AdmissionOptions, HttpRequestOptions {
  readonly engine: Engine;
  readonly reader: OperationReader;
  readonly pipeline: OperationPipeline;
  readonly records: RequestRecords;
  readonly isOwnPage: IsAllowedOrigin;
}

const MAX_BODY_BYTES = 16 * 1024;

/**
 * Sessions of web applications: `POST /session` runs a mutation that gives tokens as the GraphQL endpoint would, and keeps
 * the refresh token in a cookie that no script can read; `DELETE /session` forgets it.
 *
 * An access token is not needed and says who the caller is: linking a provider is for whoever began it.
 *
 * Only pages of this origin may send it: the cookie is same-site, the body is JSON, and the browser says where it comes from.
 */
export function sessionRoute(app: FastifyInstance, options: SessionRouteOptions): void {
  const { records } = options;
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    await admit(request, records.of(request), { ...options, authenticate: orAnonymous(options.authenticate) });
    requireOwnPage(request, options);
  };
  app.post(SESSION_PATH, { bodyLimit: MAX_BODY_BYTES, onRequest }, (request, reply) => {
    const record = records.of(request);
    return (record.answered = answer({ ...options, request, reply, record }));
  });
  app.delete(SESSION_PATH, { onRequest }, async (request, reply) => {
    dropSessionToken(request, reply);
    return reply.code(204).send();
  });
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'OPTIONS'],
    url: SESSION_PATH,
    handler: async (_request, reply) => reply.code(405).header('allow', 'POST, DELETE').send(),
  });
}

/** Takes a token that is refused for none: one that has expired must not keep its session from being renewed. */
function orAnonymous(authenticate: Authenticate): Authenticate {
  return async (authorization) => {
    try {
      return await authenticate(authorization);
    } catch (error) {
      if (!isCoded(error)) throw error;
      return { caller: ANONYMOUS };
    }
  };
}

interface Exchange extends SessionRouteOptions {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly record: HttpRecord;
}

/** Runs the mutation, and moves the refresh token of its response into the cookie. */
async function answer(exchange: Exchange): Promise<unknown> {
  const { request, reply, record, pipeline } = exchange;
  reply.type('application/json; charset=utf-8');
  try {
    const operation = await readOperation(exchange);
    const session = readSessionOperation(exchange.engine.current().schema, operation.document);
    if (session.variable === undefined) return withoutToken(await run(operation, exchange), session, exchange);
    const token = sessionTokenOf(request);
    if (token === undefined) return JSON.stringify({ data: { [session.responseKey]: null } });
    const variables = { ...operation.variables, [session.variable]: token };
    return withoutToken(await run({ ...operation, variables }, exchange), session, exchange);
  } catch (error) {
    if (!isCoded(error)) throw error;
    return errorResponse(pipeline.errors.reject(error, record), reply);
  }
}

/** Nothing but the operation: an extension could name another document. @throws an error with a code */
function readOperation({ request: { body }, reader }: Exchange): Promise<RequestedOperation> {
  if (!isRecord(body)) throw badInput('query', 'Send one mutation as JSON.');
  const { query, documentId, operationName, variables } = readRequest(body);
  return reader.read({ query, documentId, operationName, variables } as Parameters<OperationReader['read']>[0]);
}

/** @returns the body of the response. @throws an error with a code when a check refuses the operation */
async function run(operation: RequestedOperation, { pipeline, record, reply, ...options }: Exchange): Promise<string> {
  const request = httpRequest(record, options);
  let answered: Awaited<ReturnType<OperationPipeline['run']>> | undefined;
  try {
    await pipeline.check(operation, request);
    answered = await pipeline.run(operation, request);
    const { errors, response } = answered;
    if (errors.length === 0) return answered.body;
    const shown = pipeline.errors.formatAll(errors, record.trace.traceId);
    if (response === undefined) return errorResponse(shown, reply);
    return JSON.stringify({ errors: shown, ...(JSON.parse(response.toString()) as object) });
  } finally {
    pipeline.record(operation, answered, request);
    answered?.release();
  }
}

/** Keeps the token of a response in the cookie. A cookie whose session the server calls over is dropped. */
function withoutToken(body: string, { responseKey, variable }: SessionOperation, { request, reply }: Exchange): string {
  let token: unknown;
  const response = JSON.parse(body, function hide(this: unknown, key, value: unknown) {
    if (key !== REFRESH_TOKEN || typeof value !== 'string') return value;
    token = value;
    return '';
  }) as { data?: Record<string, unknown> | null };
  const payload = response.data?.[responseKey];
  if (typeof token === 'string' && token !== '') keepSessionToken(request, reply, token);
  else if (variable !== undefined && isRecord(payload)) dropSessionToken(request, reply);
  return JSON.stringify(response);
}

/** @throws FORBIDDEN for a request that a page of another site may have sent, or that does not say where it comes from */
function requireOwnPage(request: FastifyRequest, { isOwnPage, securityEvent }: SessionRouteOptions): void {
  const { headers, ip, protocol } = request;
  const { origin, 'sec-fetch-site': site } = headers;
  const isSaid = origin !== undefined || site !== undefined;
  const isDowngraded = protocol === 'https' && origin?.startsWith('http:') === true;
  if (isSaid && !isDowngraded && (site === undefined || site === 'same-origin') && isOwnPage(headers)) return;
  securityEvent('origin-rejected', { address: networkOf(ip), detail: origin ?? site });
  throw forbidden('Sessions are for pages of this origin.');
}
