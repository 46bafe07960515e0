import { PrismaClient } from '@marquee/prisma-notifications';
import { connectDomain, defineSubgraph, type DomainDeps, newId, type Subgraph } from '@marquee/subgraph';

import type { NotificationsContext } from './context.ts';
import { eventHandlers } from './events.ts';
import { notificationsLoaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { push } from './push.ts';
import { NotificationRepository } from './repository/notifications.ts';
import { PreferenceRepository } from './repository/preferences.ts';
import { resolvers } from './generated/resolver-map.ts';
import { notificationsUseCases } from './use-cases.ts';

export interface NotificationsDeps extends DomainDeps {
  readonly now?: () => Date;
}

/** Puts the notifications subgraph together. */
export function buildNotifications(deps: NotificationsDeps): Subgraph {
  const { now = () => new Date(), log } = deps;
  const runtime = connectDomain('notifications', PrismaClient, deps, push);
  const { client, relay, pubSub } = runtime;
  const repository = new NotificationRepository(client);
  const preferences = new PreferenceRepository(client);
  const notifications = notificationsUseCases({ notifications: repository, preferences, now });

  return defineSubgraph<NotificationsContext>({
    name: 'notifications',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request) => ({
      ...request,
      notifications,
      pubSub,
      loaders: notificationsLoaders(repository, preferences),
    }),
    relay,
    consumers: [runtime.consumer(eventHandlers({ newId: () => newId('ntf'), now }))],
    jobs: [runtime.housekeeping],
    ready: runtime.ready,
    close: runtime.close,
    log,
    instruments: deps.instruments,
  });
}
