import { openLog, type Telemetry } from '@marquee/telemetry';
import { startTracing } from '@marquee/telemetry/tracing';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';

/** The spans recorded by a test instead of being exported. */
export interface RecordedTraces {
  readonly telemetry: Telemetry;
  /** The spans that have ended, in the order in which they started. */
  spans(): Promise<ReadableSpan[]>;
  /**
   * A trace as an outline: a line a span, `service: name`, each below its parent and indented under it.
   *
   * A span whose parent was not recorded, as that of a client, stands at the left.
   */
  outline(traceId: string): Promise<string[]>;
}

export function recordTraces({ sampleRatio = 1 } = {}): RecordedTraces {
  const exporter = new InMemorySpanExporter();
  const log = openLog({ service: 'traces', level: 'silent' });
  const telemetry = startTracing({ settings: { traces: true, sampleRatio }, exporter, log });
  const spans = async (): Promise<ReadableSpan[]> => {
    await telemetry.flush();
    return exporter.getFinishedSpans().toSorted((a, b) => startOf(a) - startOf(b));
  };
  return {
    telemetry,
    spans,
    outline: async (traceId) => {
      const trace = (await spans()).filter((span) => span.spanContext().traceId === traceId);
      const ids = new Set(trace.map((span) => span.spanContext().spanId));
      const parentOf = ({ parentSpanContext }: ReadableSpan): string | undefined =>
        parentSpanContext && ids.has(parentSpanContext.spanId) ? parentSpanContext.spanId : undefined;
      const below = (parent: string | undefined, indent: string): string[] =>
        trace
          .filter((span) => parentOf(span) === parent)
          .flatMap((span) => [
            `${indent}${String(span.resource.attributes['service.name'])}: ${span.name}`,
            ...below(span.spanContext().spanId, `${indent}  `),
          ]);
      return below(undefined, '');
    },
  };
}

function startOf({ startTime: [seconds, nanoseconds] }: ReadableSpan): number {
  return seconds * 1_000 + nanoseconds / 1e6;
}
