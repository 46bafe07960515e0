import type { Role, User, UserStatus } from './user.ts';

/** An administrator's action on somebody's account. */
export interface AccountAction {
  readonly userId: string;
  readonly actorId: string;
  readonly at: Date;
}

/** The account after an action, and the ids of the sessions that ended with it. */
export interface ActedUpon {
  readonly user: User;
  readonly ended: string[];
}

/**
 * Changes of other people's accounts, each of them in the audit log. All undo sign-ins that have begun, and return null
 * when there is no such account.
 *
 * @throws {LastAdministratorError} when no active administrator would remain
 */
export interface Administration {
  /** Emits `account.roles-changed` when they differ; ends the person's sessions where a role is taken away: their tokens carry it. */
  setRoles(action: AccountAction, roles: readonly Role[]): Promise<ActedUpon | null>;
  /** Emits `account.status-changed`; a suspension ends all sessions. */
  setStatus(action: AccountAction, status: UserStatus, reason: string): Promise<ActedUpon | null>;
  endSessions(action: AccountAction): Promise<ActedUpon | null>;
}
