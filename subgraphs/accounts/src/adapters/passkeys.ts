import type { Passkey as PasskeyRow, PrismaClient } from '@marquee/prisma-accounts';

import type { Passkey, PasskeyChallenge } from '../domain/passkey.ts';
import type { Passkeys } from '../domain/ports.ts';
import type { User } from '../domain/user.ts';
import { tellOwner } from './changed-credentials.ts';
import type { MailQueue } from '@marquee/mail';
import { toUser } from './users.ts';

/** Passkeys and challenges in the accounts database. */
export class PasskeyRepository implements Passkeys {
  readonly #client: PrismaClient;
  readonly #mails: Pick<MailQueue, 'add'>;

  constructor(client: PrismaClient, mails: Pick<MailQueue, 'add'>) {
    this.#client = client;
    this.#mails = mails;
  }

  async openChallenge(challenge: PasskeyChallenge): Promise<void> {
    await this.#client.passkeyChallenge.create({ data: challenge });
  }

  /** One statement: of concurrent ones, one deletes the row. */
  async useChallenge(hash: string, at: Date): Promise<Pick<PasskeyChallenge, 'challenge' | 'userId'> | null> {
    const [row] = await this.#client.$queryRaw<Pick<PasskeyChallenge, 'challenge' | 'userId'>[]>`
      DELETE FROM passkey_challenges WHERE hash = ${hash} AND expires_at > ${at}
      RETURNING challenge, user_id AS "userId"`;
    return row ?? null;
  }

  async deleteExpiredChallenges(now: Date): Promise<void> {
    await this.#client.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: now } } });
  }

  async byUsers(userIds: readonly string[]): Promise<Passkey[]> {
    const where = { userId: { in: [...userIds] } };
    const rows = await this.#client.passkey.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    return rows.map(toPasskey);
  }

  async findCredential(credentialId: string): Promise<{ passkey: Passkey; user: User } | null> {
    const include = { user: { omit: { passwordHash: true } } } as const;
    const row = await this.#client.passkey.findUnique({ where: { credentialId }, include });
    return row && { passkey: toPasskey(row), user: toUser(row.user) };
  }

  async recordUse({ id, userId }: Passkey, counter: number, at: Date): Promise<boolean> {
    const used = await this.#client.$executeRaw`
      UPDATE passkeys SET counter = ${counter}, last_used_at = ${at}
      WHERE id = ${id} AND copied_at IS NULL AND (counter < ${counter} OR (counter = 0 AND ${counter} = 0))`;
    if (used === 0) await this.#refuseCopies(id, userId, at);
    return used === 1;
  }

  async #refuseCopies(id: string, userId: string, at: Date): Promise<void> {
    await this.#client.$transaction(async (tx) => {
      const { count } = await tx.passkey.updateMany({ where: { id, copiedAt: null }, data: { copiedAt: at } });
      if (count === 0) return;
      await tellOwner(tx, this.#mails, await tx.user.findUniqueOrThrow({ where: { id: userId } }), 'PASSKEY_COPIED');
    });
  }
}

function toPasskey({ copiedAt: _copiedAt, counter, ...passkey }: PasskeyRow): Passkey {
  return { ...passkey, counter: Number(counter) };
}
