import type { RequestContext } from '@marquee/subgraph';

import type { Deps } from './deps.ts';
import type { Loaders } from './loaders.ts';

/** The request, and the dependencies and loaders that resolvers serve it with. */
export interface Context extends RequestContext {
  readonly deps: Deps;
  readonly loaders: Loaders;
}
