import type { SqlClient, SqlTransaction } from '@marquee/database';
import { newId } from '@marquee/subgraph/ids';

import type { NewMail, OutgoingMail } from '../domain/mail.ts';
import type { OutgoingMails } from '../domain/ports.ts';
import type { SecretBox } from '@marquee/database';

/** A process that stopped while it sent a mail leaves it to others after this; longer than any try takes. */
const LEASE_SECONDS = 120;

/** Mails to send, in the accounts database. Due times are judged by the database clock. */
export class OutgoingMailRepository implements OutgoingMails {
  readonly #client: SqlClient;
  readonly #box: SecretBox;

  constructor(client: SqlClient, box: SecretBox) {
    this.#client = client;
    this.#box = box;
  }

  /** Adds a mail. Pass the transaction of the change that it tells of. */
  async add({ kind, userId, address, about = null }: NewMail, tx: SqlTransaction = this.#client): Promise<void> {
    const id = newId('mail');
    const sealed = address === null ? null : this.#box.seal(labelOf(id), Buffer.from(address));
    await tx.$executeRaw`
      INSERT INTO outgoing_mails (id, kind, user_id, address, about)
      VALUES (${id}, ${kind}, ${userId}, ${sealed}, ${about})`;
  }

  async claim(limit: number): Promise<OutgoingMail[]> {
    const rows = await this.#client.$queryRaw<(Omit<OutgoingMail, 'address'> & { sealed: Uint8Array | null })[]>`
      UPDATE outgoing_mails SET
        attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id IN (
        SELECT id FROM outgoing_mails WHERE due_at <= clock_timestamp()
        ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      )
      RETURNING id, kind, user_id AS "userId", address AS "sealed", about, attempts`;
    return rows.map(({ sealed, ...mail }) => ({ ...mail, address: sealed && this.#opened(mail.id, sealed) }));
  }

  async delay(id: string, ms: number): Promise<void> {
    await this.#client.$executeRaw`
      UPDATE outgoing_mails SET due_at = clock_timestamp() + make_interval(secs => ${ms / 1000}) WHERE id = ${id}`;
  }

  async remove(id: string): Promise<void> {
    await this.#client.$executeRaw`DELETE FROM outgoing_mails WHERE id = ${id}`;
  }

  async waiting(): Promise<{ mails: number; oldestSeconds: number }> {
    const [row] = await this.#client.$queryRaw<{ mails: number; oldestSeconds: number }[]>`
      SELECT count(*)::int AS mails,
             coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS "oldestSeconds"
      FROM outgoing_mails`;
    return row ?? { mails: 0, oldestSeconds: 0 };
  }

  #opened(id: string, sealed: Uint8Array): string {
    return Buffer.from(this.#box.open(labelOf(id), sealed)).toString();
  }
}

function labelOf(id: string): string {
  return `mail:${id}`;
}
