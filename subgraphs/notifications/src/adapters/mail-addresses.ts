import type { SqlTransaction } from '@marquee/database';
import { createHmac } from 'node:crypto';

import type { HashAddress, SuppressedAddress, SuppressionReason } from '../domain/suppression.ts';

/** Hashes addresses by a key, so that what is stored of them cannot be tried out. */
export function addressHashBy(key: Uint8Array): HashAddress {
  return (address) => createHmac('sha256', key).update(`address:${address.toLowerCase()}`).digest();
}

/** A mail that a mail server took, or did not. */
export interface MailedAddress {
  readonly mailId: string;
  readonly userId: string;
  readonly address: Uint8Array;
}

/** Addresses that were mailed, and those to which mail does not arrive, as hashes. */
export class MailAddressRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Remembers where mails went, for bounces that are reported later. */
  async addSent(mails: readonly MailedAddress[]): Promise<void> {
    await this.#sql.$executeRaw`
      INSERT INTO sent_mails (id, user_id, address)
      SELECT id, user_id, decode(address, 'hex')
      FROM unnest(${mails.map(({ mailId }) => mailId)}::text[], ${mails.map(({ userId }) => userId)}::text[],
        ${mails.map(({ address }) => Buffer.from(address).toString('hex'))}::text[]) AS sent (id, user_id, address)
      ON CONFLICT (id) DO NOTHING`;
  }

  async findSent(mailId: string): Promise<MailedAddress | null> {
    const [sent] = await this.#sql.$queryRaw<MailedAddress[]>`
      SELECT id AS "mailId", user_id AS "userId", address FROM sent_mails WHERE id = ${mailId}`;
    return sent ?? null;
  }

  /** Stops mail to a person's address. @returns whether it went on until now */
  async suppress({ userId, address }: MailedAddress, reason: SuppressionReason): Promise<boolean> {
    const changed = await this.#sql.$executeRaw`
      INSERT INTO suppressed_addresses AS known (user_id, address, reason) VALUES (${userId}, ${address}, ${reason})
      ON CONFLICT (user_id) DO UPDATE SET address = excluded.address, reason = excluded.reason, since = excluded.since
      WHERE known.address <> excluded.address`;
    return changed > 0;
  }

  /** Ends that mail to people is stopped because it bounced. */
  async lift(userIds: readonly string[]): Promise<void> {
    await this.#sql.$executeRaw`
      DELETE FROM suppressed_addresses WHERE user_id = ANY (${userIds}) AND reason = 'BOUNCED'`;
  }

  async suppressedOf(userIds: readonly string[]): Promise<SuppressedAddress[]> {
    return this.#sql.$queryRaw<SuppressedAddress[]>`
      SELECT user_id AS "userId", address FROM suppressed_addresses WHERE user_id = ANY (${userIds})`;
  }

  async countSuppressed(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<
      { count: number }[]
    >`SELECT count(*)::int AS count FROM suppressed_addresses`;
    return row?.count ?? 0;
  }
}
