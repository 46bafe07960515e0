import { isUniqueViolation } from '@marquee/database';
import type { PrismaClient } from '@marquee/prisma-accounts';
import { isPossibleId } from '@marquee/subgraph/ids';

import { MAX_PASSKEYS, type Passkey } from '../domain/passkey.ts';
import type { PasskeyChanges } from '../domain/ports.ts';
import { InvalidPasskeyError } from '../errors.ts';
import { assertWayIn, CHANGED, finishChange, updated } from './changed-credentials.ts';
import type { MailQueue } from '@marquee/mail';

/** Changes of passkeys. Each transaction begins with the lock on the user's row, as other changes of credentials do. */
export class PasskeyChangeRepository implements PasskeyChanges {
  readonly #client: PrismaClient;
  readonly #mails: Pick<MailQueue, 'add'>;

  constructor(client: PrismaClient, mails: Pick<MailQueue, 'add'>) {
    this.#client = client;
    this.#mails = mails;
  }

  async add(passkey: Passkey, keep: string): Promise<string[]> {
    const { userId, publicKey, transports, createdAt: at } = passkey;
    try {
      return await this.#client.$transaction(async (tx) => {
        const user = await updated(tx, userId, CHANGED);
        const count = await tx.passkey.count({ where: { userId } });
        if (count >= MAX_PASSKEYS) throw new InvalidPasskeyError(`Remove a passkey first: you have ${MAX_PASSKEYS}.`);
        const row = { ...passkey, publicKey: Uint8Array.from(publicKey), transports: [...transports] };
        await tx.passkey.create({ data: row });
        return finishChange(tx, this.#mails, user, { change: 'PASSKEY_ADDED', keep, at });
      });
    } catch (error) {
      if (!isUniqueViolation(error, 'passkeys_credential_id_key')) throw error;
      throw new InvalidPasskeyError('This passkey has been added before. Use another one.');
    }
  }

  async remove({
    id,
    userId,
    keep,
    at,
  }: {
    id: string;
    userId: string;
    keep: string;
    at: Date;
  }): Promise<string[] | null> {
    if (!isPossibleId(id)) return null;
    return this.#client.$transaction(async (tx) => {
      const own = await tx.passkey.count({ where: { id, userId } });
      if (own === 0) return null;
      const user = await updated(tx, userId, CHANGED);
      const { count } = await tx.passkey.deleteMany({ where: { id, userId } });
      if (count === 0) return null;
      await assertWayIn(tx, userId);
      return finishChange(tx, this.#mails, user, { change: 'PASSKEY_REMOVED', keep, at });
    });
  }
}
