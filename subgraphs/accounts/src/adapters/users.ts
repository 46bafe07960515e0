import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient, type User as UserRecord } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Users } from '../domain/ports.ts';
import { type Credentials, type Role, ROLES, type User } from '../domain/user.ts';
import { newEvent } from '../emits.ts';
import { EmailTakenError } from '../errors.ts';

/** A row of `users`, without its password hash. */
export type UserRow = Omit<UserRecord, 'passwordHash'>;

/** The columns of a `UserRow`. */
export const USER_COLUMNS = Prisma.sql`
  users.id, users.email, users.display_name AS "displayName", users.locale, users.roles,
  users.created_at AS "createdAt", users.email_verified_at AS "emailVerifiedAt"`;

/** Users in the accounts database. */
export class UserRepository implements Users {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async add(user: User, passwordHash: string): Promise<void> {
    const { id, email, displayName, locale } = user;
    const event = newEvent('account.registered', id, { userId: id, email, displayName, locale });
    try {
      await this.#client.$transaction(async (tx) => {
        await tx.user.create({ data: { ...user, roles: [...user.roles], passwordHash } });
        await appendToOutbox(tx, [event]);
      });
    } catch (error) {
      throw isUniqueViolation(error, 'users_email_key') ? new EmailTakenError() : error;
    }
  }

  async findMany(ids: readonly string[]): Promise<User[]> {
    const rows = await this.#client.user.findMany({
      where: { id: { in: ids.filter(isPossibleId) } },
      omit: { passwordHash: true },
    });
    return rows.map(toUser);
  }

  async credentialsOf(email: string, fingerprint: string | null): Promise<Credentials | null> {
    const [row] = await this.#client.$queryRaw<(UserRow & Omit<Credentials, 'user'>)[]>`
      SELECT ${USER_COLUMNS}, password_hash AS "passwordHash",
             totp_devices.confirmed_at IS NOT NULL AS "secondFactor",
             known_devices.user_id IS NOT NULL AS "knownDevice"
      FROM users LEFT JOIN totp_devices ON totp_devices.user_id = users.id
      LEFT JOIN known_devices ON known_devices.user_id = users.id AND known_devices.fingerprint = ${fingerprint}
      WHERE email = ${email}`;
    if (row === undefined) return null;
    const { passwordHash, secondFactor, knownDevice } = row;
    return { user: toUser(row), passwordHash, secondFactor, knownDevice };
  }

  async knowsDevice(userId: string, fingerprint: string | null): Promise<boolean> {
    if (fingerprint === null) return false;
    return (await this.#client.knownDevice.count({ where: { userId, fingerprint } })) > 0;
  }
}

/** The user of a row. A role that this version does not know is left out. */
export function toUser({ id, email, displayName, locale, roles, createdAt, emailVerifiedAt }: UserRow): User {
  return { id, email, displayName, locale, roles: roles.filter(isRole), createdAt, emailVerifiedAt };
}

function isRole(role: string): role is Role {
  return ROLES.some((known) => known === role);
}
