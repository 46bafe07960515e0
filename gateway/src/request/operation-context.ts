import type { Device, Identity } from '@marquee/identity';
import type { Trace } from '@marquee/telemetry';

/** For whom an operation runs, as part of which trace, and until when. */
export interface OperationContext {
  readonly identity: Identity;
  /** With the span of the operation, when it is recorded. */
  readonly trace: Trace;
  readonly client?: Device | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Progressive `@override` labels that are on for this request. `percent(…)` labels are drawn by the executor. */
  readonly overrideLabels?: ReadonlySet<string>;
}
