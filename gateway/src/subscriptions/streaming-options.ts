import type { Authenticate } from '@marquee/identity';
import type { RecordSecurityEvent, Tracer } from '@marquee/telemetry';
import type { Engine } from '../engine/api.ts';
import type { OperationPipeline } from '../pipeline/operation-pipeline.ts';
import type { OperationReader } from '../pipeline/requested-operation.ts';
import type { Holdings } from '../protection/holdings/holdings.ts';
import type { AccessLog } from '../telemetry/access-log.ts';
import type { BeginIncoming } from '../telemetry/incoming-traces.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import type { CompiledMemory } from './compiled-memory.ts';
import type { SubscriptionHub } from './hub.ts';
import type { SubscriptionSettings } from './settings.ts';

/** Dependencies of sockets and response streams. */
export interface StreamingOptions {
  readonly pipeline: OperationPipeline;
  readonly reader: OperationReader;
  readonly engine: Engine;
  readonly hub: SubscriptionHub;
  readonly compiledMemory: CompiledMemory;
  readonly authenticate: Authenticate;
  readonly settings: SubscriptionSettings;
  readonly holdings: Holdings;
  /** Deadline of a query or mutation, ms. */
  readonly timeoutMs: number;
  /** Called when an event is dropped because the client reads too slowly. */
  readonly onDrop: () => void;
  readonly metrics: GatewayMetrics;
  readonly accessLog: AccessLog;
  readonly tracer: Tracer | undefined;
  readonly beginIncoming: BeginIncoming;
  readonly securityEvent: RecordSecurityEvent;
  readonly now: () => number;
}
