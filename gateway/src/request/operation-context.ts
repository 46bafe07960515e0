import type { Caller, Device } from '@marquee/identity';
import type { Span } from '@marquee/telemetry';

/** What an execution knows of the request it serves. */
export interface OperationContext {
  readonly caller: Caller;
  readonly authorization?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly traceId: string;
  /** The span of the operation, when it is recorded. */
  readonly span?: Span | undefined;
  readonly device?: Device | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Progressive `@override` labels that are on for this request. `percent(…)` labels are drawn by the executor. */
  readonly overrideLabels?: ReadonlySet<string>;
}
