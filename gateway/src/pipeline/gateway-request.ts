import type { Client } from '../request/client.ts';
import type { OperationContext } from '../request/operation-context.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';

/** A client's request, over any transport: caller, client, trace, deadline and record. */
export interface GatewayRequest extends OperationContext {
  readonly client: Client;
  readonly deadline: number;
  /** Filled during the request; shared by all operations of a batch. */
  readonly record: RequestRecord;
}
