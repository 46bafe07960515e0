import { randomBytes } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace a request belongs to: of its W3C `traceparent`, or a new one. */
export function traceOf(traceparent: string | null | undefined): { traceparent: string | null; traceId: string } {
  const traceId = traceparent ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  if (traceId !== undefined && traceparent) return { traceparent, traceId };
  return { traceparent: null, traceId: randomBytes(16).toString('hex') };
}
