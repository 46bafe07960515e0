import type { PrismaClient } from '@marquee/prisma-notifications';
import type { SubgraphRuntime } from '@marquee/subgraph';

import { NotificationRepository } from './adapters/notifications.ts';
import { PreferenceRepository } from './adapters/preferences.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly notifications: NotificationRepository;
  readonly preferences: PreferenceRepository;
  readonly now: () => Date;
}

export function openDeps({ client, now }: SubgraphRuntime<PrismaClient, unknown>): Deps {
  return { notifications: new NotificationRepository(client), preferences: new PreferenceRepository(client), now };
}
