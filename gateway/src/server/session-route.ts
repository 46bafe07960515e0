import { badInput, CodedError, forbidden } from '@marquee/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Generation } from '../engine/api.ts';
import { isRecord } from '../pipeline/graphql-request.ts';
import type { IsAllowedOrigin } from '../request/origins.ts';
import { readSessionOperation } from './session-operation.ts';

export interface SessionRouteOptions {
  /** Of the GraphQL endpoint. */
  readonly path: string;
  readonly current: () => Generation;
  readonly isOwnPage: IsAllowedOrigin;
}

const SESSION_PATH = '/session';
const COOKIE = 'marquee-session';
const MAX_BODY_BYTES = 16 * 1024;
/** As long as a session lives at most: 90 days. */
const MAX_AGE_SECONDS = 90 * 86_400;

/**
 * Sessions of web applications: `POST /session` runs a mutation that gives tokens as `/graphql` would, and keeps the
 * refresh token in a cookie that no script can read; `DELETE /session` forgets it.
 *
 * Only pages of this origin may send it: the cookie is same-site, the body is JSON, and the browser says where it comes from.
 */
export function sessionRoute(app: FastifyInstance, options: SessionRouteOptions): void {
  app.post(SESSION_PATH, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
    requireOwnPage(request, options);
    const { body } = request;
    if (!isRecord(body) || typeof body['query'] !== 'string') throw badInput('query', 'Send a mutation as JSON.');
    const { variable } = readSessionOperation(options.current().schema, body['query']);
    const variables = isRecord(body['variables']) ? body['variables'] : {};
    if (variable === undefined) return answer(app, { ...options, request, reply }, body);
    const refreshToken = cookieOf(request);
    if (refreshToken === undefined) return { data: { session: null } };
    return answer(
      app,
      { ...options, request, reply },
      { ...body, variables: { ...variables, [variable]: refreshToken } },
    );
  });
  app.delete(SESSION_PATH, async (request, reply) => {
    requireOwnPage(request, options);
    setCookie(request, reply, '', 0);
    return reply.code(204).send();
  });
}

interface Exchange extends SessionRouteOptions {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Runs the mutation at the endpoint, as this client, and moves the refresh token of its answer into the cookie. */
async function answer(app: FastifyInstance, { path, request, reply }: Exchange, body: object): Promise<unknown> {
  const { 'content-length': _length, cookie: _cookie, ...headers } = request.headers;
  const response = await app.inject({
    method: 'POST',
    url: path,
    headers: { ...headers, accept: 'application/json', 'accept-encoding': 'identity' },
    payload: body,
    remoteAddress: request.socket.remoteAddress ?? '',
  });
  const retryAfter = response.headers['retry-after'];
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  const result: unknown = response.json();
  const payload = isRecord(result) && isRecord(result['data']) ? Object.values(result['data'])[0] : undefined;
  if (isRecord(payload) && typeof payload['refreshToken'] === 'string') {
    setCookie(request, reply, payload['refreshToken'], MAX_AGE_SECONDS);
    payload['refreshToken'] = '';
  }
  return reply.code(response.statusCode).send(result);
}

/** @throws FORBIDDEN for a request that a page of another site may have sent */
function requireOwnPage(request: FastifyRequest, { isOwnPage }: SessionRouteOptions): void {
  const site = request.headers['sec-fetch-site'];
  if ((site !== undefined && site !== 'same-origin') || !isOwnPage(request.headers))
    throw forbidden('Sessions are for pages of this origin.');
  if (request.method === 'POST' && !/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new CodedError('BAD_USER_INPUT', 'Send a mutation as JSON.', { field: 'query' });
}

function cookieOf({ headers: { cookie = '' } }: FastifyRequest): string | undefined {
  const found = cookie.split(/; */).find((each) => each.startsWith(`${COOKIE}=`));
  return found?.slice(COOKIE.length + 1) || undefined;
}

function setCookie({ protocol }: FastifyRequest, reply: FastifyReply, value: string, maxAge: number): void {
  const attributes = `Path=${SESSION_PATH}; Max-Age=${maxAge}; HttpOnly; SameSite=Strict`;
  reply.header('set-cookie', `${COOKIE}=${value}; ${attributes}${protocol === 'https' ? '; Secure' : ''}`);
}
