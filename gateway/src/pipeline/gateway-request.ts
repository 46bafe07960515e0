import type { Client } from '../request/client.ts';
import type { OperationContext } from '../request/operation-context.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';

/** A client's request, whatever carries it: who asks, from where, in which trace, until when, and its record. */
export interface GatewayRequest extends OperationContext {
  readonly client: Client;
  readonly deadline: number;
  /** Filled while the request is answered; one object for all operations of a batch. */
  readonly record: RequestRecord;
}
