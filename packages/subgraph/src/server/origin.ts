import { type Authenticate, TIMEOUT_HEADER, type VerifyServiceCall } from '@marquee/identity';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '../caller.ts';
import type { SubgraphRequest } from '../subgraph.ts';

/** Establishes who asks from an Authorization header. @throws UNAUTHENTICATED */
export type Identify = (authorization: string | undefined) => Promise<Caller>;

/** Where a request comes from, and how long its answer is waited for, ms. */
export interface Origin extends Pick<SubgraphRequest, 'caller' | 'device' | 'traceparent'> {
  readonly timeoutMs: number;
}

/** People come with an access token, other subgraphs with a token of their own. */
export function identifier(authenticate: Authenticate, verifyService: VerifyServiceCall): Identify {
  return async (authorization) => {
    const service = authorization === undefined ? null : verifyService(authorization);
    return service ?? (await authenticate(authorization)).caller;
  };
}

export interface OriginOptions {
  readonly identify: Identify;
  /** The longest that a request may take, ms. */
  readonly longestMs: number;
}

/** Reads what the gateway passes on of the request that it serves. @throws UNAUTHENTICATED */
export async function originOf({ headers }: FastifyRequest, options: OriginOptions): Promise<Origin> {
  const timeoutMs = Number(headers[TIMEOUT_HEADER]);
  return {
    caller: await options.identify(headers.authorization),
    device: { address: only(headers['x-forwarded-for']), userAgent: headers['user-agent'] ?? null },
    traceparent: only(headers['traceparent']) ?? undefined,
    timeoutMs: timeoutMs > 0 ? Math.min(timeoutMs, options.longestMs) : options.longestMs,
  };
}

function only(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
