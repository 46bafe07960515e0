import { byId, groupedBy } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { Session } from './domain/session.ts';
import type { User } from './domain/user.ts';

export interface Loaders {
  readonly users: DataLoader<string, User | null>;
  /** Active sessions by user id. */
  readonly sessionsByUser: DataLoader<string, readonly Session[]>;
}

export function loaders({ users, sessions, now }: Pick<Deps, 'users' | 'sessions' | 'now'>): Loaders {
  return {
    users: byId((ids) => users.findMany(ids)),
    sessionsByUser: groupedBy(
      (userIds) => sessions.activeByUsers(userIds, now()),
      ({ userId }) => userId,
    ),
  };
}
