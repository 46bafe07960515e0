import type { Caller, Device } from './caller.ts';
import type { Looks } from './looks.ts';
import type { Resume } from './pub-sub/feed.ts';
import type { PubSub } from './pub-sub/pub-sub.ts';

export const UNKNOWN_DEVICE: Device = { address: null, userAgent: null };

/** Whether somebody has a support ticket that is open, or was resolved at most seven days ago. */
export type HasSupportCase = (personId: string) => Promise<boolean>;

/** The part of a resolver's context that every subgraph has. */
export interface RequestContext {
  readonly caller: Caller;
  readonly device: Device;
  /** The looks at what belongs to others, for the audit log. */
  readonly looks: Looks;
  /** Whether support has a case of a person, where the subgraph keeps them. */
  readonly hasSupportCase?: HasSupportCase | undefined;
  /** W3C trace context of the request. */
  readonly traceparent: string;
  /** 32 hexadecimal digits; in logs and masked errors. */
  readonly traceId: string;
  /** How the gateway opens the subscription. */
  readonly resume?: Resume | undefined;
}

/** The context of a subgraph's resolvers. */
export interface SubgraphContext<Deps, Loaders> extends RequestContext {
  /** Dependencies of use cases. */
  readonly deps: Deps;
  /** The DataLoaders of this request. */
  readonly loaders: Loaders;
  readonly pubSub: PubSub;
}
