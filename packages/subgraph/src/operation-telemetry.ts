import {
  beginTrace,
  counterIn,
  failSpan,
  histogramIn,
  type Instruments,
  inTrace,
  SpanKind,
  type Trace,
} from '@marquee/telemetry';

import type { OperationKind } from './documents.ts';
import type { FormattedResult } from './execution.ts';

/** `refused`: all errors have public codes; `failed`: an error is masked. */
type Outcome = 'ok' | 'refused' | 'failed';

export interface ObservedOperation {
  readonly kind: OperationKind;
  readonly name?: string | undefined;
}

/** Spans and metrics of one subgraph's operations. */
export interface OperationTelemetry {
  begin(traceparent: unknown): Trace;
  /** Runs an operation in its trace and ends its span. */
  run(trace: Trace, operation: ObservedOperation, work: () => Promise<FormattedResult>): Promise<FormattedResult>;
}

export function operationTelemetry(subgraph: string, { tracer, metrics }: Instruments): OperationTelemetry {
  const count = metrics && operationMetrics(subgraph, metrics);
  return {
    begin: (traceparent) => beginTrace(tracer, 'GraphQL Operation', SpanKind.SERVER, traceparent),
    run: async (trace, { kind, name }, work) => {
      const { span } = trace;
      span?.updateName(kind).setAttribute('graphql.operation.type', kind);
      if (name !== undefined) span?.setAttribute('graphql.operation.name', name);
      const counted = count?.(kind);
      try {
        const result = await inTrace(trace, work);
        const codes = (result.errors ?? []).map(({ extensions }) => String(extensions?.['code']));
        const outcome = outcomeOf(codes);
        counted?.(outcome, codes);
        if (span && outcome === 'failed') failSpan(span, 'INTERNAL_SERVER_ERROR');
        return result;
      } finally {
        span?.end();
      }
    },
  };
}

function outcomeOf(codes: readonly string[]): Outcome {
  if (codes.length === 0) return 'ok';
  return codes.includes('INTERNAL_SERVER_ERROR') ? 'failed' : 'refused';
}

function operationMetrics(subgraph: string, registry: NonNullable<Instruments['metrics']>) {
  const operations = counterIn(registry, {
    name: 'marquee_subgraph_operations_total',
    help: 'Operations and subscription events, by outcome',
    labelNames: ['subgraph', 'type', 'outcome'],
  });
  const duration = histogramIn(registry, {
    name: 'marquee_subgraph_operation_duration_seconds',
    help: 'Duration of operations and subscription events',
    labelNames: ['subgraph', 'type'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  const errors = counterIn(registry, {
    name: 'marquee_subgraph_errors_total',
    help: 'Errors in responses, by code',
    labelNames: ['subgraph', 'code'],
  });
  return (type: OperationKind) => {
    const stop = duration.startTimer({ subgraph, type });
    return (outcome: Outcome, codes: readonly string[]): void => {
      stop();
      operations.inc({ subgraph, type, outcome });
      for (const code of codes) errors.inc({ subgraph, code });
    };
  };
}
