import type { Caller, Device } from './caller.ts';

export const UNKNOWN_DEVICE: Device = { address: null, userAgent: null };

/** What every resolver knows of the request it serves; a subgraph's own context adds its use cases and loaders. */
export interface RequestContext {
  readonly caller: Caller;
  readonly device: Device;
  /** The W3C trace context of what is done for the request. */
  readonly traceparent: string;
  /** 32 hexadecimal digits that name the request in logs and masked errors. */
  readonly traceId: string;
}
