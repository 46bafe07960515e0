import type { FastifyRequest } from 'fastify';
import type { Client } from '../protection/checks.ts';
import type { Authenticate, Device } from '@marquee/identity';
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

/** Credentials and client names as HTTP headers, or as the same keys of a socket's `connection_init`. */
export type Credentials = Readonly<Record<string, unknown>>;

export function clientOf(credentials: Credentials, { address, userAgent }: Device): Client {
  const name = text(credentials['apollographql-client-name']);
  const version = text(credentials['apollographql-client-version']);
  return {
    address: address ?? '',
    userAgent,
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
  };
}

/** Both come from the network, so both are kept short. */
export function deviceOf(address: string, userAgent: string | undefined): Device {
  return { address, userAgent: userAgent === undefined ? null : short(userAgent, 300) };
}

/** @throws UNAUTHENTICATED */
export async function httpContext(
  request: FastifyRequest,
  record: RequestRecord,
  options: ContextOptions,
): Promise<GatewayContext> {
  const device = deviceOf(request.ip, request.headers['user-agent']);
  const client = clientOf(request.headers, device);
  record.client = client;
  record.isBatch = Array.isArray(request.body);
  const { caller, authorization } = await options.authenticate(request.headers.authorization);
  return {
    caller,
    ...(authorization === undefined ? {} : { authorization }),
    ...record.trace,
    deadline: options.now() + options.timeoutMs,
    device,
    client,
    record,
  };
}

/** Client names end up in logs and metrics, so they are kept short. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? short(value, 100) : undefined;
}

/** A copy: a part of a string keeps all of it in memory, as long as a socket lives. */
function short(value: string, length: number): string {
  return value.length <= length ? value : Buffer.from(value.slice(0, length)).toString();
}
