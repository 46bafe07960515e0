import type { MailQueue } from '@marquee/mail';
import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient, type User as UserRecord } from '@marquee/prisma-accounts';
import type { LatestPage } from '@marquee/subgraph';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Users } from '../domain/ports.ts';
import type { ProfileChanges } from '../domain/profile.ts';
import { type Credentials, type Role, ROLES, type User } from '../domain/user.ts';
import { newEvent } from '../emits.ts';
import { EmailTakenError } from '../errors.ts';

/** A row of `users`, without its password hash. */
export type UserRow = Omit<UserRecord, 'passwordHash' | 'statusReason'>;

/** The columns of a `UserRow`. */
export const USER_COLUMNS = Prisma.sql`
  users.id, users.email, users.display_name AS "displayName", users.locale, users.roles,
  users.created_at AS "createdAt", users.email_verified_at AS "emailVerifiedAt",
  users.pending_email AS "pendingEmail", users.credentials, users.time_zone AS "timeZone",
  users.home_city_id AS "homeCityId", users.home_city_zone AS "homeCityZone",
  users.status`;

/** Users in the accounts database. */
export class UserRepository implements Users {
  readonly #client: PrismaClient;
  readonly #mails: Pick<MailQueue, 'add'> | undefined;

  /** @param mails where the mail that confirms a new user's address goes; not needed for users who are verified */
  constructor(client: PrismaClient, mails?: Pick<MailQueue, 'add'>) {
    this.#client = client;
    this.#mails = mails;
  }

  async add(user: User, passwordHash: string, referralCode: string | null = null): Promise<void> {
    const event = registeredEvent(user.id, referralCode);
    try {
      await this.#client.$transaction(async (tx) => {
        await tx.user.create({ data: { ...user, roles: [...user.roles], passwordHash } });
        await appendToOutbox(tx, [event]);
        if (user.emailVerifiedAt === null)
          await this.#mails?.add({ kind: 'VERIFY_EMAIL', userId: user.id, address: null }, tx);
      });
    } catch (error) {
      throw isUniqueViolation(error, 'users_email_key') ? new EmailTakenError() : error;
    }
  }

  async updateProfile(userId: string, { homeCity, ...changes }: ProfileChanges): Promise<User | null> {
    const city =
      homeCity === undefined ? {} : { homeCityId: homeCity?.id ?? null, homeCityZone: homeCity?.timeZone ?? null };
    const [row] = await this.#client.user.updateManyAndReturn({
      where: { id: userId },
      data: { ...changes, ...city },
      omit: { passwordHash: true },
    });
    return row === undefined ? null : toUser(row);
  }

  async findMany(ids: readonly string[]): Promise<User[]> {
    const rows = await this.#client.user.findMany({
      where: { id: { in: ids.filter(isPossibleId) } },
      omit: { passwordHash: true },
    });
    return rows.map(toUser);
  }

  /** Accounts, the latest first, whose name or address contains the text; one more than the limit when there are more. */
  async page(search: string | null, { limit, after }: LatestPage): Promise<User[]> {
    const pattern = `%${search?.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const conditions = [
      Prisma.sql`TRUE`,
      ...(search === null ? [] : [Prisma.sql`(display_name ILIKE ${pattern} OR email ILIKE ${pattern})`]),
      ...(after === null ? [] : [Prisma.sql`(created_at, id) < (${after.createdAt}, ${after.id})`]),
    ];
    const rows = await this.#client.$queryRaw<UserRow[]>`
      SELECT ${USER_COLUMNS} FROM users WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    return rows.map(toUser);
  }

  async findByEmail(email: string): Promise<User | null> {
    const row = await this.#client.user.findUnique({ where: { email }, omit: { passwordHash: true } });
    return row && toUser(row);
  }

  credentialsOf(email: string, fingerprints: readonly string[]): Promise<Credentials | null> {
    return this.#credentialsWhere(Prisma.sql`users.email = ${email}`, fingerprints);
  }

  credentialsOfUser(userId: string): Promise<Credentials | null> {
    return this.#credentialsWhere(Prisma.sql`users.id = ${userId}`, []);
  }

  async #credentialsWhere(condition: Prisma.Sql, fingerprints: readonly string[]): Promise<Credentials | null> {
    const [row] = await this.#client.$queryRaw<(UserRow & Omit<Credentials, 'user'>)[]>`
      SELECT ${USER_COLUMNS}, password_hash AS "passwordHash",
             totp_devices.confirmed_at IS NOT NULL AS "secondFactor",
             EXISTS (SELECT FROM known_devices
               WHERE user_id = users.id AND fingerprint = ANY (${[...fingerprints]})) AS "knownDevice"
      FROM users LEFT JOIN totp_devices ON totp_devices.user_id = users.id
      WHERE ${condition}`;
    if (row === undefined) return null;
    const { passwordHash, secondFactor, knownDevice } = row;
    return { user: toUser(row), passwordHash, secondFactor, knownDevice };
  }

  async knowsDevice(userId: string, fingerprints: readonly string[]): Promise<boolean> {
    const where = { userId, fingerprint: { in: [...fingerprints] } };
    return (await this.#client.knownDevice.count({ where })) > 0;
  }
}

/** The user of a row. A role that this version does not know is left out. */
export function toUser({ id, email, displayName, locale, roles, createdAt, ...state }: UserRow): User {
  const { emailVerifiedAt, pendingEmail, credentials, status } = state;
  const { homeCityId, homeCityZone, timeZone } = state;
  return {
    ...{ id, email, displayName, locale, homeCityId, timeZone: timeZone ?? homeCityZone },
    ...{ roles: roles.filter(isRole), createdAt, emailVerifiedAt, pendingEmail, credentials, status },
  };
}

function isRole(role: string): role is Role {
  return ROLES.some((known) => known === role);
}

/** A new account, and the code of whoever invited its person. */
export const registeredEvent = (userId: string, referralCode: string | null) =>
  newEvent('account.registered', userId, { userId, ...(referralCode !== null && { referralCode }) });
