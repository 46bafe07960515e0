import DataLoader from 'dataloader';
import type { Session, Sessions } from './domain/session.ts';
import type { User, Users } from './domain/user.ts';

/** What one request reads, each kind by one statement however many are asked for. */
export interface Loaders {
  readonly users: DataLoader<string, User | null>;
  /** The sessions that are signed in, by their owner's id. */
  readonly sessionsOf: DataLoader<string, Session[]>;
}

/** The loaders of one request. */
export function loadersOf(users: Users, sessions: Sessions, now: () => Date): Loaders {
  return {
    users: new DataLoader(async (ids) => {
      const found = new Map((await users.withIds(ids)).map((user) => [user.id, user]));
      return ids.map((id) => found.get(id) ?? null);
    }),
    sessionsOf: new DataLoader(async (userIds) => {
      const active = await sessions.activeOf(userIds, now());
      return userIds.map((userId) => active.filter((session) => session.userId === userId));
    }),
  };
}
