import DataLoader from 'dataloader';
import type { Deps } from './deps.ts';
import type { Session } from './domain/session.ts';
import type { User } from './domain/user.ts';

/** DataLoaders of a request; each batch is one statement. */
export interface Loaders {
  readonly users: DataLoader<string, User | null>;
  /** Active sessions by user id. */
  readonly sessionsByUser: DataLoader<string, Session[]>;
}

/** Loaders of one request. */
export function loaders({ users, sessions, now }: Pick<Deps, 'users' | 'sessions' | 'now'>): Loaders {
  return {
    users: new DataLoader(async (ids) => {
      const found = new Map((await users.byIds(ids)).map((user) => [user.id, user]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    sessionsByUser: new DataLoader(async (userIds) => {
      const active = await sessions.activeByUsers(userIds, now());
      return userIds.map((userId) => active.filter((session) => session.userId === userId));
    }),
  };
}
