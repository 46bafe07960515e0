import type { RequestContext } from '@marquee/subgraph';

import type { CatalogLoaders } from './loaders.ts';
import type { CatalogUseCases } from './use-cases.ts';

/** What the resolvers of catalog work with. */
export interface CatalogContext extends RequestContext {
  readonly catalog: CatalogUseCases;
  readonly loaders: CatalogLoaders;
  /** When the request came. */
  readonly now: Date;
}

export type Context = CatalogContext;
