import type { Tracer } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

import type { Log } from './log.ts';
import type { TelemetrySettings } from './settings.ts';

export interface TelemetryOptions {
  readonly settings: TelemetrySettings;
  readonly log: Log;
  /** Replaces the export to a collector. */
  readonly exporter?: SpanExporter;
}

/** Records and exports the traces of a process. */
export interface Telemetry {
  /** The tracer of a service, of which one process may hold several; undefined when traces are off. */
  tracerOf(service: string): Tracer | undefined;
  /** Exports the spans recorded so far. */
  flush(): Promise<void>;
  /** Exports the remaining spans, within two seconds. */
  stop(): Promise<void>;
}
