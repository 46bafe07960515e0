import type { Authenticate } from '@marquee/identity';
import type { FastifyRequest } from 'fastify';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import { clientAt, clientOf } from '../request/client.ts';
import type { HttpRecord } from './request-records.ts';

/** A request over HTTP. */
export interface HttpGatewayRequest extends GatewayRequest {
  readonly record: HttpRecord;
}

export interface HttpRequestOptions {
  readonly authenticate: Authenticate;
  /** Deadline of an operation, ms. */
  readonly timeoutMs: number;
  readonly now: () => number;
}

/** @throws UNAUTHENTICATED */
export async function httpRequest(
  request: FastifyRequest,
  record: HttpRecord,
  options: HttpRequestOptions,
): Promise<HttpGatewayRequest> {
  const client = clientOf(request.headers, clientAt(request.ip, request.headers['user-agent']));
  record.client = client;
  record.isBatch = Array.isArray(request.body);
  const identity = await options.authenticate(request.headers.authorization);
  return { identity, trace: record.trace, client, deadline: options.now() + options.timeoutMs, record };
}
