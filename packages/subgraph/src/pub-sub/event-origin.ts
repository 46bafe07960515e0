import type { Trace } from '@marquee/telemetry';

/** Facts about the root value of a subscription's event, beside its data. */
export interface EventOrigin {
  readonly version: number;
  /** The trace of the message; none when the event was read again. */
  readonly trace?: Trace | undefined;
  /** Whether events before this one may be missing. */
  readonly gap?: boolean;
  /** Not an event: the subscription is live, and its client knows `version`. */
  readonly isStart?: boolean;
}

const origins = new WeakMap<object, EventOrigin>();

export function withOrigin<RootValue extends object>(rootValue: RootValue, origin: EventOrigin): RootValue {
  origins.set(rootValue, origin);
  return rootValue;
}

export function eventOriginOf(rootValue: unknown): EventOrigin | undefined {
  return typeof rootValue === 'object' && rootValue !== null ? origins.get(rootValue) : undefined;
}
