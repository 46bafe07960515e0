import type { PrismaClient } from '@marquee/prisma-notifications';
import type { SubgraphRuntime } from '@marquee/subgraph';
import type { Log } from '@marquee/telemetry';

import { NotificationRepository } from './adapters/notifications.ts';
import { peopleOf } from './adapters/people.ts';
import { PreferenceRepository } from './adapters/preferences.ts';
import type { FetchPeople } from './domain/people.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps {
  readonly notifications: NotificationRepository;
  readonly preferences: PreferenceRepository;
  readonly fetchPeople: FetchPeople;
  readonly log: Log;
  readonly now: () => Date;
}

export function openDeps({ client, calls, log, now }: SubgraphRuntime<PrismaClient, unknown>): Deps {
  return {
    notifications: new NotificationRepository(client),
    preferences: new PreferenceRepository(client),
    fetchPeople: peopleOf(calls),
    log,
    now,
  };
}
