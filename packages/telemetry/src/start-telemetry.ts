import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

import type { Log } from './log.ts';
import type { TelemetrySettings } from './settings.ts';
import { randomHex } from './trace-context.ts';

export interface TelemetryOptions {
  readonly settings: TelemetrySettings;
  readonly log: Log;
  /** Where spans go instead of to a collector. */
  readonly exporter?: SpanExporter;
}

/** What records the traces of a process. */
export interface Telemetry {
  /** Makes the spans of a service, which is a process or a part of one; undefined when traces are off. */
  tracerOf(service: string): Tracer | undefined;
  /** Sends what is recorded so far. */
  flush(): Promise<void>;
  /** Sends what is recorded; waits for a collector no longer than two seconds. */
  stop(): Promise<void>;
}

const OFF: Telemetry = { tracerOf: () => undefined, flush: async () => undefined, stop: async () => undefined };

const STOP_WITHIN_MS = 2_000;
/** How long a collector may take for a batch. */
const EXPORT_WITHIN_MS = 5_000;

/**
 * Sets tracing up: spans are sampled by trace, batched, and sent over OTLP/HTTP in the background.
 *
 * What a collector does not take in time is dropped, never waited for. The exporter itself reads the standard variables
 * `OTEL_EXPORTER_OTLP_*`.
 */
export function startTelemetry({ settings, log, exporter }: TelemetryOptions): Telemetry {
  if (!settings.traces && !exporter) return OFF;
  const processor = new BatchSpanProcessor({
    exporter: reporting(exporter ?? collector(settings), log),
  });
  const providers = new Map<string, TracerProvider>();
  const providerOf = (service: string): TracerProvider => {
    const known = providers.get(service) ?? providerFor(service, settings, processor);
    providers.set(service, known);
    return known;
  };
  return {
    tracerOf: (service) => providerOf(service).getTracer('marquee'),
    flush: () => processor.forceFlush(),
    stop: async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_WITHIN_MS)));
      await Promise.race([processor.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

function providerFor(service: string, { sampleRatio }: TelemetrySettings, processor: SpanProcessor): TracerProvider {
  // What OTEL_RESOURCE_ATTRIBUTES says holds for all services of the process, but not their names.
  const resource = defaultResource()
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(resourceFromAttributes({ 'service.namespace': 'marquee', 'service.name': service }));
  return new TracerProvider({
    resource,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    idGenerator: { generateTraceId: () => randomHex(32), generateSpanId: () => randomHex(16) },
    spanProcessors: [processor],
  });
}

function collector({ url }: TelemetrySettings): SpanExporter {
  return new OTLPTraceExporter({ timeoutMillis: EXPORT_WITHIN_MS, ...(url !== undefined && { url }) });
}

/** Tells once that a collector does not answer, and once that it does again. */
function reporting(exporter: SpanExporter, log: Log): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined || result.code !== 0;
        if (failed && !isFailing) log.warn({ err: result.error }, 'traces could not be exported');
        if (!failed && isFailing) log.info({}, 'traces are exported again');
        isFailing = failed;
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
