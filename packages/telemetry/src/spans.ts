import {
  ROOT_CONTEXT,
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace as api,
} from '@opentelemetry/api';

import { newTrace, remoteContext, type Trace, traceOf } from './trace-context.ts';

export { type Attributes, type Span, SpanKind, type Tracer };

/**
 * Begins a span for an incoming message, in the trace that the message belongs to.
 *
 * The result has no span without a tracer, or when the trace is not sampled.
 */
export function beginTrace(tracer: Tracer | undefined, name: string, kind: SpanKind, traceparent: unknown): Trace {
  if (tracer === undefined) return traceOf(traceparent);
  return traceOfSpan(tracer.startSpan(name, { kind }, remoteContext(traceparent)));
}

/**
 * Begins a trace for a message whose sender is not trusted to choose its id or sampling: the sender's trace is a link.
 */
export function beginLinkedTrace(
  tracer: Tracer | undefined,
  name: string,
  kind: SpanKind,
  traceparent: unknown,
): Trace {
  if (tracer === undefined) return newTrace();
  const sent = api.getSpanContext(remoteContext(traceparent));
  return traceOfSpan(tracer.startSpan(name, { kind, ...(sent && { links: [{ context: sent }] }) }, ROOT_CONTEXT));
}

/** Begins a child span; a trace that is not sampled is returned unchanged. */
export function beginChildSpan(tracer: Tracer | undefined, name: string, kind: SpanKind, within: Trace): Trace {
  if (tracer === undefined || within.span === undefined) return within;
  return traceOfSpan(childSpan(tracer, name, { kind }, within.span));
}

/** Starts a span below another one of this process. */
export function childSpan(
  tracer: Tracer,
  name: string,
  options: { kind: SpanKind; attributes?: Attributes },
  parent: Span,
): Span {
  return tracer.startSpan(name, options, api.setSpan(ROOT_CONTEXT, parent));
}

/** The trace context for work below a span. */
export function traceOfSpan(span: Span): Trace {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const traceparent = `00-${traceId}-${spanId}-${(traceFlags & 1) === 1 ? '01' : '00'}`;
  return span.isRecording() ? { traceId, traceparent, span } : { traceId, traceparent };
}

/** Marks a span as failed. @param type an error code or class name; never a message, which may hold personal data */
export function failSpan(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The code of an error if it has one, or its class. */
export function errorType(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
