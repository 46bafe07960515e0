import type { Device, Identity } from '@marquee/identity';
import type { Trace } from '@marquee/telemetry';

/** Caller, trace and deadline of an operation. */
export interface OperationContext {
  readonly identity: Identity;
  /** Has the operation's span when the trace is recorded. */
  readonly trace: Trace;
  readonly client?: Device | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Progressive `@override` labels that this request enables. The executor itself decides `percent(…)` labels. */
  readonly overrideLabels?: ReadonlySet<string>;
}
