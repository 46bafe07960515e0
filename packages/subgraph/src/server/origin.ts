import { type Authenticate, TIMEOUT_HEADER, type VerifyServiceCall } from '@marquee/identity';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '../caller.ts';
import type { SubgraphRequest } from '../subgraph.ts';

/** Authenticates an Authorization header. @throws {CodedError} UNAUTHENTICATED */
export type Identify = (authorization: string | undefined) => Promise<Caller>;

/** Caller, device, trace and timeout of a request. */
export interface Origin extends Pick<SubgraphRequest, 'caller' | 'device' | 'traceparent'> {
  readonly timeoutMs: number;
}

/** Accepts service tokens of other subgraphs and users' access tokens. */
export function createIdentify(authenticate: Authenticate, verifyService: VerifyServiceCall): Identify {
  return async (authorization) => {
    const service = authorization === undefined ? null : verifyService(authorization);
    return service ?? (await authenticate(authorization)).caller;
  };
}

export interface OriginOptions {
  readonly identify: Identify;
  /** Maximum timeout, ms. */
  readonly maxTimeoutMs: number;
}

/** Reads the headers set by the gateway. @throws {CodedError} UNAUTHENTICATED */
export async function originOf({ headers }: FastifyRequest, options: OriginOptions): Promise<Origin> {
  const timeoutMs = Number(headers[TIMEOUT_HEADER]);
  return {
    caller: await options.identify(headers.authorization),
    device: { address: singleValue(headers['x-forwarded-for']), userAgent: headers['user-agent'] ?? null },
    traceparent: singleValue(headers['traceparent']) ?? undefined,
    timeoutMs: timeoutMs > 0 ? Math.min(timeoutMs, options.maxTimeoutMs) : options.maxTimeoutMs,
  };
}

function singleValue(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
