import { randomBytes } from 'node:crypto';

/** W3C trace context of one request: passed on to subgraphs, named in logs and masked errors. */
export interface Trace {
  readonly traceparent: string;
  /** 32 hexadecimal digits. */
  readonly traceId: string;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Continues the client's trace, or begins one. */
export function traceOf(traceparent: unknown): Trace {
  const traceId = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return typeof traceparent === 'string' && traceId !== undefined ? { traceparent, traceId } : newTrace();
}

/** Random bytes are asked for in bulk: one request alone would cost more than the rest of its trace. */
const POOL_BYTES = 24 * 256;
let pool = '';
let used = 0;

export function newTrace(): Trace {
  if (used >= pool.length) {
    pool = randomBytes(POOL_BYTES).toString('hex');
    used = 0;
  }
  const hex = pool.slice(used, (used += 48));
  const traceId = hex.slice(0, 32);
  return { traceId, traceparent: `00-${traceId}-${hex.slice(32)}-01` };
}
