import { type SealedColumn, type SecretBox, type SqlDatabase, type SqlTransaction } from '@marquee/database';
import { newId } from '@marquee/subgraph/ids';

import {
  type MailLane,
  type MailOutcome,
  type NewMail,
  type OutgoingMail,
  retryDelaySeconds,
  type TriedMail,
} from './mail.ts';

/** A process that stopped while it sent mails leaves them to others after this; longer than any try takes. */
const LEASE_SECONDS = 120;

/** Mails to send, in the table that `tables.prisma` describes. Due times are judged by the database clock. */
export class MailQueue {
  readonly #client: SqlDatabase;
  readonly #box: SecretBox;

  /** @param box seals the addresses that are stored */
  constructor(client: SqlDatabase, box: SecretBox) {
    this.#client = client;
    this.#box = box;
  }

  /** Adds a mail. Pass the transaction of the change that it tells of. */
  add(mail: NewMail, tx?: SqlTransaction): Promise<void> {
    return this.addAll([{ ...mail, id: newId('mail') }], tx);
  }

  /** Adds mails with ids; those whose id is there already are left out. */
  async addAll(
    mails: readonly (NewMail & { readonly id: string })[],
    tx: SqlTransaction = this.#client,
  ): Promise<void> {
    const rows = mails.map(({ address = null, ...mail }) => ({
      ...{ about: null, lane: 'TRANSACTIONAL', ...mail },
      sealed: address && Buffer.from(this.#box.seal(labelOf(mail.id), Buffer.from(address))).toString('base64'),
    }));
    await tx.$executeRaw`
      INSERT INTO outgoing_mails (id, kind, user_id, address, about, lane)
      SELECT id, kind, "userId", decode(sealed, 'base64'), about, lane
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS mail (id text, kind text, "userId" text, sealed text,
        about text, lane text)
      ON CONFLICT (id) DO NOTHING`;
  }

  /** Takes mails that are due. Of concurrent calls each mail goes to one; it is due again when that stops. */
  async claim(lane: MailLane, limit: number): Promise<OutgoingMail[]> {
    const rows = await this.#client.$queryRaw<(Omit<OutgoingMail, 'address'> & { sealed: Uint8Array | null })[]>`
      UPDATE outgoing_mails SET
        attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ANY (ARRAY (
        SELECT id FROM outgoing_mails WHERE lane = ${lane} AND due_at <= clock_timestamp()
        ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ))
      RETURNING id, kind, user_id AS "userId", address AS "sealed", about, lane, attempts`;
    return rows.map(({ sealed, ...mail }) => ({ ...mail, ...this.#opened(mail.id, sealed) }));
  }

  /**
   * Removes mails whose try was the last, and makes the others due after a time.
   *
   * @param record keeps what became of them, in the same transaction
   */
  async settle(tried: readonly TriedMail[], record?: (tx: SqlTransaction) => Promise<void>): Promise<void> {
    const isDue = ({ outcome }: { readonly outcome: MailOutcome }) => outcome === 'failed';
    const done = tried.filter((each) => !isDue(each)).map(({ mail }) => mail.id);
    const failed = tried.filter(isDue).map(({ mail }) => mail);
    const waits = failed.map(({ attempts }) => retryDelaySeconds(attempts));
    await this.#client.$sqlTransaction(async (tx) => {
      if (done.length > 0) await tx.$executeRaw`DELETE FROM outgoing_mails WHERE id = ANY (${done})`;
      if (failed.length > 0) {
        await tx.$executeRaw`
          UPDATE outgoing_mails SET due_at = clock_timestamp() + make_interval(secs => delayed.seconds)
          FROM unnest(${failed.map(({ id }) => id)}::text[], ${waits}::int[]) AS delayed (id, seconds)
          WHERE outgoing_mails.id = delayed.id`;
      }
      await record?.(tx);
    });
  }

  async waiting(): Promise<{ readonly mails: number; readonly oldestSeconds: number }> {
    const [row] = await this.#client.$queryRaw<{ mails: number; oldestSeconds: number }[]>`
      SELECT count(*)::int AS mails,
             coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS "oldestSeconds"
      FROM outgoing_mails`;
    return row ?? { mails: 0, oldestSeconds: 0 };
  }

  #opened(id: string, sealed: Uint8Array | null): Pick<OutgoingMail, 'address' | 'unreadable'> {
    if (sealed === null) return { address: null };
    try {
      return { address: Buffer.from(this.#box.open(labelOf(id), sealed)).toString() };
    } catch (error) {
      return { address: null, unreadable: new Error('The address cannot be opened', { cause: error }) };
    }
  }
}

/** The column of the addresses. */
export const SEALED_MAILS: SealedColumn = { table: 'outgoing_mails', key: 'id', column: 'address', label: labelOf };

function labelOf(id: string): string {
  return `mail:${id}`;
}
