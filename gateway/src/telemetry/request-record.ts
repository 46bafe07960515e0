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
  /** Operation names; several in a batch. */
  readonly operations: string[];
  /** Codes of the response's errors. */
  readonly codes: string[];
  /** An operation was executed, or its subscription started. */
  isExecuted?: boolean;
}
