import type { Authenticate } from '@marquee/identity';
import type { Tracer } from '@marquee/telemetry';
import type { Engine } from '../engine/api.ts';
import type { OperationPipeline } from '../pipeline/operation-pipeline.ts';
import type { OperationReader } from '../pipeline/requested-operation.ts';
import type { AccessLog } from '../telemetry/access-log.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import type { SubscriptionHub } from './hub.ts';
import type { SubscriptionSettings } from './settings.ts';

/** What sockets and event streams have in common. */
export interface LiveOptions {
  readonly pipeline: OperationPipeline;
  readonly reader: OperationReader;
  readonly engine: Engine;
  readonly hub: SubscriptionHub;
  readonly authenticate: Authenticate;
  readonly settings: SubscriptionSettings;
  /** How long a query or mutation may take, ms. */
  readonly timeoutMs: number;
  /** An event was dropped because the client did not read it in time. */
  readonly onDrop: () => void;
  readonly metrics: GatewayMetrics;
  readonly accessLog: AccessLog;
  readonly tracer: Tracer | undefined;
  readonly now: () => number;
}
