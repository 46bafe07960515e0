import {
  type Authenticate,
  FORWARDED_BY_HEADER,
  GATEWAY_SERVICE,
  networkOf,
  RefusedCredentialError,
  TIMEOUT_HEADER,
  type VerifyServiceCall,
} from '@marquee/identity';
import type { RecordSecurityEvent } from '@marquee/telemetry';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '../caller.ts';
import type { SubgraphRequest } from '../subgraph.ts';

/** The caller of a request, and whether what is said beside the credential is believed. */
export interface Identified {
  readonly caller: Caller;
  /** Said by the gateway, or by another subgraph of itself: its trace, deadline and device are believed. */
  readonly isTrusted: boolean;
}

/** Authenticates a request or socket by its Authorization and the gateway's token. @throws {CodedError} UNAUTHENTICATED */
export type Identify = (
  authorization: string | undefined,
  forwardedBy: string | undefined,
  address: string | undefined,
) => Promise<Identified>;

/** Caller, device, trace and timeout of a request. */
export interface Origin extends Pick<SubgraphRequest, 'caller' | 'device' | 'traceparent'> {
  readonly timeoutMs: number;
}

export interface IdentifyOptions {
  readonly authenticate: Authenticate;
  /** Verifies who calls. */
  readonly verifyCall: VerifyServiceCall;
  /** Verifies who forwards. */
  readonly verifyForward: VerifyServiceCall;
  readonly securityEvent: RecordSecurityEvent;
}

/** Accepts service tokens of other subgraphs and users' access tokens. */
export function createIdentify(options: IdentifyOptions): Identify {
  const { authenticate, verifyCall, verifyForward, securityEvent } = options;
  const identify = async (authorization: string | undefined, forwardedBy: string | undefined): Promise<Identified> => {
    const forwarder = forwardedBy === undefined ? null : await verifyForward(forwardedBy);
    if (forwardedBy !== undefined && forwarder?.name !== GATEWAY_SERVICE) {
      const fields = { caller: forwarder?.name, detail: 'not the gateway' };
      throw new RefusedCredentialError('invalid-service-token', 'Only the gateway forwards requests.', fields);
    }
    const service = authorization === undefined ? null : await verifyCall(authorization);
    const caller = service ?? (await authenticate(authorization)).caller;
    return { caller, isTrusted: service !== null || forwarder !== null };
  };
  return async (authorization, forwardedBy, address = '') => {
    try {
      return await identify(authorization, forwardedBy);
    } catch (error) {
      if (error instanceof RefusedCredentialError) {
        securityEvent(error.kind, { ...error.fields, address: networkOf(address) });
      }
      throw error;
    }
  };
}

export interface OriginOptions {
  readonly identify: Identify;
  /** Maximum timeout, ms. */
  readonly maxTimeoutMs: number;
}

/** Reads the headers set by the gateway. @throws {CodedError} UNAUTHENTICATED */
export async function originOf({ headers, ip }: FastifyRequest, options: OriginOptions): Promise<Origin> {
  const forwardedBy = singleValue(headers[FORWARDED_BY_HEADER]) ?? undefined;
  const { caller, isTrusted } = await options.identify(headers.authorization, forwardedBy, ip);
  const userAgent = headers['user-agent'] ?? null;
  if (!isTrusted) return { caller, device: { address: ip, userAgent }, timeoutMs: options.maxTimeoutMs };
  const timeoutMs = Number(headers[TIMEOUT_HEADER]);
  return {
    caller,
    device: { address: singleValue(headers['x-forwarded-for']), userAgent },
    traceparent: singleValue(headers['traceparent']) ?? undefined,
    timeoutMs: timeoutMs > 0 ? Math.min(timeoutMs, options.maxTimeoutMs) : options.maxTimeoutMs,
  };
}

function singleValue(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
