import { isCheckViolation } from '@marquee/database';
import { appendToOutbox, audited, type NewEvent } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { AccountAction, Administration } from '../domain/administration.ts';
import { scopesOf } from '../domain/scopes.ts';
import type { Role, User, UserStatus } from '../domain/user.ts';
import { newEvent } from '../emits.ts';
import { LastAdministratorError } from '../errors.ts';
import { endSessions } from './sessions.ts';
import { toUser, USER_COLUMNS, type UserRow } from './users.ts';

type Tx = Prisma.TransactionClient;
type Changed = { readonly user: User; readonly ended: string[] };

/** A sign-in that has begun opens no session: it would have the roles of before, or outlive the end of all sessions. */
const SIGN_INS_UNDONE = Prisma.sql`credentials = credentials + 1`;

/** Changes of other people's accounts. Each is one transaction with its entry of the audit log. */
export class AdministrationRepository implements Administration {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  setRoles(action: AccountAction, roles: readonly Role[]): Promise<Changed | null> {
    return this.#change(action, async (tx, before) => {
      const changes = Prisma.sql`roles = ${[...roles]}::text[], ${SIGN_INS_UNDONE}`;
      const user = await updated(tx, action.userId, changes);
      const isNarrowed = before.roles.some((role) => !roles.includes(role));
      const ended = isNarrowed ? await endAll(tx, action) : [];
      const { userId } = action;
      const detail = `${before.roles.join(', ')} to ${roles.join(', ')}`;
      const isChanged = isNarrowed || roles.some((role) => !before.roles.includes(role));
      const events = [
        ...(isChanged ? [newEvent('account.roles-changed', userId, { userId, scopes: scopesOf(roles) })] : []),
        accountAudited(action, 'user.roles-set', detail),
      ];
      return { user, ended, events };
    });
  }

  setStatus(action: AccountAction, status: UserStatus, reason: string): Promise<Changed | null> {
    return this.#change(action, async (tx, before) => {
      const changes = Prisma.sql`
        status = ${status}::user_status, status_reason = ${reason}, ${SIGN_INS_UNDONE}`;
      const user = await updated(tx, action.userId, changes);
      const ended = status === 'SUSPENDED' ? await endAll(tx, action) : [];
      const { userId } = action;
      const detail = `${before.status} to ${status}`;
      const events = [
        newEvent('account.status-changed', userId, { userId, status }),
        accountAudited(action, 'user.status-set', detail),
      ];
      return { user, ended, events };
    });
  }

  endSessions(action: AccountAction): Promise<Changed | null> {
    return this.#change(action, async (tx) => {
      const user = await updated(tx, action.userId, SIGN_INS_UNDONE);
      const ended = await endAll(tx, action);
      const { userId } = action;
      const events = [
        ...(ended.length > 0 ? [newEvent('account.sessions-ended', userId, { userId })] : []),
        accountAudited(action, 'user.sessions-ended', `${ended.length} sessions`),
      ];
      return { user, ended, events };
    });
  }

  async #change(
    { userId }: AccountAction,
    change: (tx: Tx, before: User) => Promise<Changed & { readonly events: readonly NewEvent[] }>,
  ): Promise<Changed | null> {
    if (!isPossibleId(userId)) return null;
    try {
      return await this.#client.$transaction(async (tx) => {
        const [before] = await tx.$queryRaw<UserRow[]>`
          SELECT ${USER_COLUMNS} FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
        if (before === undefined) return null;
        const { events, ...changed } = await change(tx, toUser(before));
        await appendToOutbox(tx, events);
        return changed;
      });
    } catch (error) {
      throw isCheckViolation(error, 'users_have_an_administrator') ? new LastAdministratorError() : error;
    }
  }
}

async function updated(tx: Tx, userId: string, changes: Prisma.Sql): Promise<User> {
  const [row] = await tx.$queryRaw<UserRow[]>`
    UPDATE users SET ${changes} WHERE id = ${userId} RETURNING ${USER_COLUMNS}`;
  return toUser(row as UserRow);
}

function endAll(tx: Tx, { userId, at }: AccountAction): Promise<string[]> {
  return endSessions(tx, { userId, reason: 'REVOKED', keep: null, at });
}

/** The event for the audit log of an action on somebody's account. */
function accountAudited({ userId, actorId }: Omit<AccountAction, 'at'>, action: string, detail: string): NewEvent {
  return audited('accounts', { actorId, action, subjectType: 'User', subjectId: userId, detail });
}
