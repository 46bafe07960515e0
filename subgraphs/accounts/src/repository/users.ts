import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';
import { type Role, ROLES, type User, type Users } from '../domain/user.ts';
import { EmailTakenError } from '../errors.ts';

/** What the database gives of a user. */
export interface UserRow {
  id: string;
  email: string;
  displayName: string;
  locale: string | null;
  roles: string[];
  createdAt: Date;
}

/** Accounts in the accounts database. */
export function usersIn(client: PrismaClient): Users {
  return {
    add: async (user, passwordHash, event) => {
      try {
        await client.$transaction(async (tx) => {
          await tx.user.create({ data: { ...user, roles: [...user.roles], passwordHash } });
          await appendToOutbox(tx, [event]);
        });
      } catch (error) {
        throw isUniqueViolation(error, 'users_email_key') ? new EmailTakenError() : error;
      }
    },

    withIds: async (ids) => {
      const wanted = ids.filter(isPossibleId);
      const rows = await client.user.findMany({ where: { id: { in: wanted } }, omit: { passwordHash: true } });
      return rows.map(userOf);
    },

    credentialsOf: async (email) => {
      const [row] = await client.$queryRaw<(UserRow & { passwordHash: string; secondFactor: boolean })[]>`
        SELECT users.id, email, display_name AS "displayName", locale, roles, created_at AS "createdAt",
               password_hash AS "passwordHash", totp_devices.confirmed_at IS NOT NULL AS "secondFactor"
        FROM users LEFT JOIN totp_devices ON totp_devices.user_id = users.id
        WHERE email = ${email}`;
      if (row === undefined) return null;
      return { user: userOf(row), passwordHash: row.passwordHash, secondFactor: row.secondFactor };
    },
  };
}

/** The user that a row describes. */
export function userOf({ id, email, displayName, locale, roles, createdAt }: UserRow): User {
  return { id, email, displayName, locale, roles: roles.filter(isRole), createdAt };
}

/** A check in the database refuses other roles; a later version may have added one. */
function isRole(role: string): role is Role {
  return ROLES.some((known) => known === role);
}
