import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import type { MailQueue } from '@marquee/mail';
import type { PrismaClient } from '@marquee/prisma-accounts';

import type { ProviderIdentities } from '../domain/ports.ts';
import type { ProviderIdentity } from '../domain/sign-in-provider.ts';
import type { User } from '../domain/user.ts';
import { LOGIN_FAILED, ProviderSignInError } from '../errors.ts';
import { assertWayIn, CHANGED, finishChange, tellOwner, updated } from './changed-credentials.ts';
import { ProviderLoginRepository } from './provider-logins.ts';
import { registeredEvent, toUser, USER_COLUMNS, type UserRow } from './users.ts';

const OTHER_LINKED = 'You have linked another account of this provider. Unlink it first.';

/** Sign-ins with providers and identities there, in the accounts database. Changes begin with the lock on the user's row. */
export class ProviderIdentityRepository extends ProviderLoginRepository implements ProviderIdentities {
  readonly #client: PrismaClient;
  readonly #mails: Pick<MailQueue, 'add'>;

  constructor(client: PrismaClient, mails: Pick<MailQueue, 'add'>) {
    super(client);
    this.#client = client;
    this.#mails = mails;
  }

  byUsers(userIds: readonly string[]): Promise<ProviderIdentity[]> {
    const where = { userId: { in: [...userIds] } };
    return this.#client.providerIdentity.findMany({ where, orderBy: [{ createdAt: 'asc' }, { provider: 'asc' }] });
  }

  async signInWith(
    { provider, subject }: Pick<ProviderIdentity, 'provider' | 'subject'>,
    lastUsedAt: Date,
  ): Promise<string | null> {
    const [used] = await this.#client.providerIdentity.updateManyAndReturn({
      where: { provider, subject },
      data: { lastUsedAt },
      select: { userId: true },
    });
    return used?.userId ?? null;
  }

  async addUser(user: User, identity: ProviderIdentity, referralCode: string | null): Promise<void> {
    await refusingRepeats(() =>
      this.#client.$transaction(async (tx) => {
        const { timeZone: _none, ...row } = user;
        await tx.user.create({ data: { ...row, roles: [...user.roles], passwordHash: null } });
        await tx.providerIdentity.create({ data: identity });
        await appendToOutbox(tx, [registeredEvent(user.id, referralCode)]);
      }),
    );
  }

  async isLinkableByAddress({ provider, userId }: Pick<ProviderIdentity, 'provider' | 'userId'>): Promise<boolean> {
    const linked = await this.#client.providerIdentity.count({ where: { provider, userId } });
    if (linked > 0) throw new ProviderSignInError(OTHER_LINKED);
    const where = { id: userId, emailVerifiedAt: { not: null }, verifiedApart: false };
    return (await this.#client.user.count({ where })) > 0;
  }

  /** The count of changes says that the address is the one that was compared with the provider's. */
  async linkByAddress(identity: ProviderIdentity, credentials: number): Promise<boolean> {
    return refusingRepeats(() =>
      this.#client.$transaction(async (tx) => {
        const [row] = await tx.$queryRaw<UserRow[]>`
          SELECT ${USER_COLUMNS} FROM users
          WHERE id = ${identity.userId} AND credentials = ${credentials}
            AND email_verified_at IS NOT NULL AND NOT verified_apart
          FOR NO KEY UPDATE`;
        if (row === undefined) return false;
        await tx.providerIdentity.create({ data: identity });
        await tellOwner(tx, this.#mails, toUser(row), 'PROVIDER_LINKED');
        return true;
      }),
    );
  }

  async link(identity: ProviderIdentity, keep: string): Promise<string[]> {
    return refusingRepeats(() =>
      this.#client.$transaction(async (tx) => {
        const user = await updated(tx, identity.userId, CHANGED);
        await tx.providerIdentity.create({ data: identity });
        return finishChange(tx, this.#mails, user, { change: 'PROVIDER_LINKED', keep, at: identity.createdAt });
      }),
    );
  }

  async unlink({ provider, userId, keep, at }: { provider: string; userId: string; keep: string; at: Date }) {
    return this.#client.$transaction(async (tx) => {
      const [locked] = await tx.$queryRaw<unknown[]>`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
      const { count } = await tx.providerIdentity.deleteMany({ where: { provider, userId } });
      if (locked === undefined || count === 0) return null;
      await assertWayIn(tx, userId);
      const user = await updated(tx, userId, CHANGED);
      return { user, ended: await finishChange(tx, this.#mails, user, { change: 'PROVIDER_UNLINKED', keep, at }) };
    });
  }
}

async function refusingRepeats<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (isUniqueViolation(error, 'users_email_key')) throw new ProviderSignInError(LOGIN_FAILED);
    if (isUniqueViolation(error, 'provider_identities_pkey'))
      throw new ProviderSignInError(
        'This account of the provider belongs to another person here. Use a different one.',
      );
    if (isUniqueViolation(error, 'provider_identities_user_id_provider_key'))
      throw new ProviderSignInError(OTHER_LINKED);
    throw error;
  }
}
