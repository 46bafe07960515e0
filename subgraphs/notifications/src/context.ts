import type { PubSub, RequestContext } from '@marquee/subgraph';

import type { NotificationsLoaders } from './loaders.ts';
import type { NotificationsUseCases } from './use-cases.ts';

export interface NotificationsContext extends RequestContext {
  readonly notifications: NotificationsUseCases;
  readonly loaders: NotificationsLoaders;
  readonly pubSub: PubSub;
}

export type Context = NotificationsContext;
