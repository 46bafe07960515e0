import type { PubSub, RequestContext } from '@marquee/subgraph';

import type { Deps } from './deps.ts';
import type { Loaders } from './loaders.ts';

/** The context of one GraphQL request. */
export interface Context extends RequestContext {
  readonly deps: Deps;
  readonly loaders: Loaders;
  readonly pubSub: PubSub;
}
