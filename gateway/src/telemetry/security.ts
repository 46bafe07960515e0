import { RefusedCredentialError } from '@marquee/identity';
import type { RecordSecurityEvent, SecurityEventKind } from '@marquee/telemetry';
import type { Client } from '../request/client.ts';
import { callerIn, type RequestRecord } from './request-record.ts';

/** The errors of a client that are security events. */
const KINDS: Readonly<Record<string, SecurityEventKind>> = {
  UNAUTHORIZED_FIELD_OR_TYPE: 'access-denied',
  FORBIDDEN: 'access-denied',
  RATE_LIMITED: 'rate-limited',
};

/** Records what a request, or an operation of a socket, was denied: one event of each kind. */
export function recordDenials(securityEvent: RecordSecurityEvent, record: RequestRecord): void {
  const { codes, client, operations, identity, trace } = record;
  if (codes.length === 0) return;
  const byKind = new Map(codes.flatMap((code) => (KINDS[code] === undefined ? [] : [[KINDS[code], code]])));
  for (const [kind, code] of byKind) {
    securityEvent(kind, {
      ...{ code, address: client?.network, operation: operations[0], traceId: trace.traceId },
      userId: identity?.caller.kind === 'user' ? callerIn(identity) : undefined,
    });
  }
}

/** Records a credential that an honest client does not send; any other error is none of it. */
export function recordRefusedCredential(
  securityEvent: RecordSecurityEvent,
  error: unknown,
  { network }: Client,
  traceId?: string,
): void {
  if (!(error instanceof RefusedCredentialError)) return;
  securityEvent(error.kind, { ...error.fields, address: network, traceId });
}
