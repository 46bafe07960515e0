import type { Identity } from '@marquee/identity';
import type { Client } from '../request/client.ts';
import type { IncomingTrace } from './incoming-traces.ts';

/** The protocol of a streamed HTTP response. */
export type StreamTransport = 'sse' | 'multipart';

/** The protocol of an operation. */
export type Transport = 'http' | 'websocket' | StreamTransport;

/** Data for access log, metrics and span, of an HTTP request or of one operation of a socket. */
export interface RequestRecord extends IncomingTrace {
  transport: Transport;
  client?: Client;
  /** The caller, once the request is admitted. */
  identity?: Identity;
  /** Operation names; several in a batch. */
  readonly operations: string[];
  /** Codes of the response's errors. */
  readonly codes: string[];
  /** An operation was executed, or its subscription started. */
  isExecuted?: boolean;
}

/** A caller's name in logs: a user's id, or `anonymous`. */
export function callerIn({ caller }: Identity): string {
  if (caller.kind === 'user') return caller.userId;
  return caller.kind === 'service' ? `service ${caller.name}` : caller.kind;
}
