import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/**
 * Runs work as part of a trace: the events it appends to an outbox carry the trace context, and so do the events that
 * their consumers append in turn.
 *
 * @param traceparent the W3C trace context; null or undefined runs the work as it is
 */
export function withTraceparent<R>(traceparent: string | null | undefined, work: () => R): R {
  return traceparent ? current.run(traceparent, work) : work();
}

/** The trace context of the running work; null outside of any. */
export function currentTraceparent(): string | null {
  return current.getStore() ?? null;
}
