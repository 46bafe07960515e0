import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, type Context, type Span, trace as api } from '@opentelemetry/api';

/** A W3C trace context: propagated to other services, and named in logs and masked errors. */
export interface Trace {
  readonly traceparent: string;
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The current span, if the trace is sampled. */
  readonly span?: Span | undefined;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const ZEROS = /^0+$/;

/** Parses a W3C `traceparent`; undefined when it is invalid. */
function parse(traceparent: unknown): { traceId: string; spanId: string; flags: number } | undefined {
  const match = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  const [, traceId = '', spanId = '', flags = ''] = match ?? [];
  if (match === null || ZEROS.test(traceId) || ZEROS.test(spanId)) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

/** The id of a trace; undefined when `traceparent` is invalid. */
export function traceIdIn(traceparent: unknown): string | undefined {
  return parse(traceparent)?.traceId;
}

/** The caller's trace, or a new one that is not sampled. */
export function traceOf(traceparent: unknown): Trace {
  const parent = parse(traceparent);
  return parent ? { traceparent: traceparent as string, traceId: parent.traceId } : newTrace();
}

export function newTrace(): Trace {
  const traceId = randomHex(32);
  return { traceId, traceparent: `00-${traceId}-${randomHex(16)}-00` };
}

/** The OpenTelemetry context of a remote parent span; the root context when there is none. */
export function remoteContext(traceparent: unknown): Context {
  const parent = parse(traceparent);
  if (parent === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = parent;
  return api.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags & 1, isRemote: true });
}

/** Random bytes are generated in bulk: one call for each id would dominate the cost of a request's trace. */
const POOL_BYTES = 8 * 1024;
let pool = '';
let used = 0;

/** @param digits at most 32 */
export function randomHex(digits: number): string {
  if (used + digits > pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex');
    used = 0;
  }
  return pool.slice(used, (used += digits));
}

const current = new AsyncLocalStorage<Trace>();

/**
 * Runs work as part of a trace: log lines carry its id, SQL statements become its spans, and events carry it to their
 * consumers.
 */
export function inTrace<R>(trace: Trace, work: () => R): R {
  return current.run(trace, work);
}

/** The trace of the current work, if any. */
export function currentTrace(): Trace | undefined {
  return current.getStore();
}
