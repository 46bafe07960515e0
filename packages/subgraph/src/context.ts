import type { Caller, Device } from './caller.ts';
import type { PubSub } from './pub-sub.ts';

export const UNKNOWN_DEVICE: Device = { address: null, userAgent: null };

/** What every resolver knows of the request it serves. */
export interface RequestContext {
  readonly caller: Caller;
  readonly device: Device;
  /** The W3C trace context of what is done for the request. */
  readonly traceparent: string;
  /** 32 hexadecimal digits that name the request in logs and masked errors. */
  readonly traceId: string;
}

/** The context of a subgraph's resolvers. */
export interface SubgraphContext<Deps, Loaders> extends RequestContext {
  /** What use cases are given. */
  readonly deps: Deps;
  /** The DataLoaders of this request. */
  readonly loaders: Loaders;
  readonly pubSub: PubSub;
}
