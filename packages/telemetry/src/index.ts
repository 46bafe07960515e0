export { refuseTinyPieces } from './body-pieces.ts';
export { closeGracefully } from './close-gracefully.ts';
export { stopOnSignal } from './graceful-stop.ts';
export { type CheckReadiness, healthRoutes, type Readiness, readinessCheck } from './health.ts';
export type { Instruments } from './instruments.ts';
export { type Log, type LogOptions, openLog } from './log.ts';
export { loggableText } from './loggable-text.ts';
export {
  type Counter,
  counterIn,
  type Histogram,
  histogramIn,
  observe,
  type Observed,
  processRegistry,
  type Registry,
} from './metrics.ts';
export {
  type RecordSecurityEvent,
  SECURITY_EVENTS,
  type SecurityEventFields,
  type SecurityEventKind,
  securityEvents,
} from './security-events.ts';
export { type MetricsServer, serveMetrics } from './serve-metrics.ts';
export { type TelemetrySettings, telemetrySettings, TRACES_OFF } from './settings.ts';
export {
  type Attributes,
  beginChildSpan,
  beginLinkedTrace,
  beginTrace,
  childSpan,
  errorType,
  failSpan,
  type Span,
  SpanKind,
  traceOfSpan,
  type Tracer,
} from './spans.ts';
export { startTelemetry } from './start-telemetry.ts';
export type { Telemetry, TelemetryOptions } from './telemetry.ts';
export { currentTrace, inTrace, newTrace, type Trace, traceIdIn, traceOf } from './trace-context.ts';
