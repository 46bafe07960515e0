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
import type { Telemetry, TelemetryOptions } from './telemetry.ts';
import { randomHex } from './trace-context.ts';

const STOP_TIMEOUT_MS = 2_000;
/** The time limit for a collector to accept a batch. */
const EXPORT_TIMEOUT_MS = 5_000;

/**
 * Starts tracing: spans are sampled by trace, batched, and exported over OTLP/HTTP in the background.
 *
 * Spans that a collector does not accept in time are dropped. The exporter reads the standard variables
 * `OTEL_EXPORTER_OTLP_*`.
 */
export function startTracing({ settings, log, exporter }: TelemetryOptions): Telemetry {
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
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_TIMEOUT_MS)));
      await Promise.race([processor.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}

function providerFor(service: string, { sampleRatio }: TelemetrySettings, processor: SpanProcessor): TracerProvider {
  // OTEL_RESOURCE_ATTRIBUTES applies to all services of the process, except for the name.
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
  return new OTLPTraceExporter({ timeoutMillis: EXPORT_TIMEOUT_MS, ...(url !== undefined && { url }) });
}

/** Logs once when the collector becomes unreachable, and once when it is reachable again. */
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
