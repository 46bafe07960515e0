import type { Log, Tracer } from '@marquee/telemetry';
import type { GraphQLFormattedError } from 'graphql';
import type { DemandControl } from '../protection/cost/demand-control.ts';
import type { Authenticate } from '@marquee/identity';
import type { AccessLog } from '../telemetry/access-log.ts';
import type { OperationKind } from '../operation/operation-request.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import type { SubscriptionHub } from './hub.ts';
import type { Operations } from '../pipeline/operations.ts';
import type { SubscriptionSettings } from './settings.ts';

export type LiveTransport = 'websocket' | 'sse';

/** What sockets and event streams have in common. */
export interface LiveOptions {
  readonly operations: Operations;
  readonly hub: SubscriptionHub;
  readonly authenticate: Authenticate;
  readonly settings: SubscriptionSettings;
  readonly demand: DemandControl | undefined;
  readonly usage: SchemaUsage | undefined;
  /** How long a query or mutation may take, ms. */
  readonly timeoutMs: number;
  /** An event was dropped because the client did not read it in time. */
  readonly onDrop: () => void;
  readonly onErrors: (errors: readonly GraphQLFormattedError[]) => void;
  readonly onOperation: (transport: LiveTransport, type: OperationKind | undefined, isWhole: boolean) => void;
  readonly accessLog: AccessLog;
  readonly tracer: Tracer | undefined;
  readonly log: Log;
  readonly now: () => number;
}
