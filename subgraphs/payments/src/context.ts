import type { PubSub, RequestContext } from '@marquee/subgraph';

import type { PaymentsLoaders } from './loaders.ts';
import type { PaymentsUseCases } from './use-cases.ts';

export interface PaymentsContext extends RequestContext {
  readonly payments: PaymentsUseCases;
  readonly loaders: PaymentsLoaders;
  readonly pubSub: PubSub;
}

export type Context = PaymentsContext;
