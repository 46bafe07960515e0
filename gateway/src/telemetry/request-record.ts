import type { Trace } from '@marquee/telemetry';
import type { Client } from '../request/client.ts';

/** What carries operations. */
export type Transport = 'http' | 'sse' | 'websocket';

/** What the access log, the metrics and the span say of a request, or of one operation of a socket, when it ends. */
export interface RequestRecord {
  readonly trace: Trace;
  transport: Transport;
  client?: Client;
  /** The names of its operations; several when it is a batch. */
  readonly operations: string[];
  /** The codes of the errors that the client was given. */
  readonly codes: string[];
}
