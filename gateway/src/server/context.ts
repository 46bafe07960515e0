import type { FastifyRequest } from 'fastify';
import { type Client, clientAt, clientOf } from '../request/client.ts';
import type { Authenticate } from '@marquee/identity';
import type { OperationContext } from '../request/operation-context.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';

/** What the server knows of one HTTP request, socket message or event stream, next to what the executor reads. */
export interface GatewayContext extends OperationContext {
  readonly client: Client;
  /** Filled while the request is answered; one object for all operations of a batch. */
  readonly record: RequestRecord;
}

export interface ContextOptions {
  readonly authenticate: Authenticate;
  /** How long one operation may take, ms. */
  readonly timeoutMs: number;
  readonly now: () => number;
}

/** @throws UNAUTHENTICATED */
export async function httpContext(
  request: FastifyRequest,
  record: RequestRecord,
  options: ContextOptions,
): Promise<GatewayContext> {
  const client = clientOf(request.headers, clientAt(request.ip, request.headers['user-agent']));
  record.client = client;
  record.isBatch = Array.isArray(request.body);
  const identity = await options.authenticate(request.headers.authorization);
  return { identity, trace: record.trace, client, deadline: options.now() + options.timeoutMs, record };
}
