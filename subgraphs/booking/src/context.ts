import type { PubSub, RequestContext } from '@marquee/subgraph';

import type { BookingUseCases } from './use-cases.ts';
import type { BookingLoaders } from './loaders.ts';

export interface BookingContext extends RequestContext {
  readonly booking: BookingUseCases;
  readonly loaders: BookingLoaders;
  readonly pubSub: PubSub;
}

export type Context = BookingContext;
