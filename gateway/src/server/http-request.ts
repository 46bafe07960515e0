import { type Authenticate, ANONYMOUS, type Identity } from '@marquee/identity';
import type { RecordSecurityEvent } from '@marquee/telemetry';
import type { FastifyRequest } from 'fastify';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import type { RateLimits } from '../protection/rate-limits.ts';
import { clientAt, clientOf } from '../request/client.ts';
import { recordRefusedCredential } from '../telemetry/security.ts';
import type { HttpRecord } from './request-records.ts';

/** A request over HTTP. */
export interface HttpGatewayRequest extends GatewayRequest {
  readonly record: HttpRecord;
}

export interface AdmissionOptions {
  readonly authenticate: Authenticate;
  readonly charge: RateLimits['charge'];
  readonly securityEvent: RecordSecurityEvent;
}

export interface HttpRequestOptions {
  /** Deadline of an operation, ms. */
  readonly timeoutMs: number;
  readonly now: () => number;
}

/**
 * Authenticates a request and charges it a point, before its body is read. One whose credential is refused pays like
 * an anonymous one.
 *
 * @throws UNAUTHENTICATED or RATE_LIMITED
 */
export async function admit(
  { headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>,
  record: HttpRecord,
  { authenticate, charge, securityEvent }: AdmissionOptions,
): Promise<void> {
  const client = clientOf(headers, clientAt(ip, headers['user-agent']));
  record.client = client;
  let identity: Identity | undefined;
  try {
    identity = await authenticate(headers.authorization);
    record.identity = identity;
  } catch (error) {
    recordRefusedCredential(securityEvent, error, client, record.trace.traceId);
    throw error;
  } finally {
    const charged = charge({ identity: identity ?? { caller: ANONYMOUS }, client }, 1);
    if (charged) await charged;
  }
}

/** The gateway's view of an admitted request. Its deadline starts now. */
export function httpRequest(record: HttpRecord, { now, timeoutMs }: HttpRequestOptions): HttpGatewayRequest {
  const { identity, client, trace } = record;
  if (!identity || !client) throw new Error('The request has not been admitted');
  return { identity, trace, client, deadline: now() + timeoutMs, record };
}
