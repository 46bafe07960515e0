import type { SqlTransaction } from '@marquee/database';
import { currentTraceparent } from '@marquee/events';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { SampleNotes } from '../domain/ports.ts';
import type { SampleNote } from '../domain/sample-note.ts';
import { newEvent } from '../emits.ts';

/** Sample notes. Each new one is stored together with its event. */
export class SampleNoteRepository implements SampleNotes {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  async add({ id, ownerId, name, createdAt }: SampleNote): Promise<boolean> {
    const { id: eventId, type, key, payload } = newEvent('sample-note.created', id, { sampleNoteId: id, ownerId });
    const added = await this.#sql.$executeRaw`
      WITH added AS (
        INSERT INTO sample_notes (id, owner_id, name, created_at)
        VALUES (${id}, ${ownerId}, ${name}, ${createdAt}::timestamptz)
        ON CONFLICT (owner_id, name) DO NOTHING RETURNING id
      )
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT ${eventId}::uuid, ${type}, ${key}, ${JSON.stringify(payload)}::jsonb, ${currentTraceparent()} FROM added`;
    return added === 1;
  }

  /** The sample notes with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<SampleNote[]> {
    return this.#sql.$queryRaw<SampleNote[]>`
      SELECT id, owner_id AS "ownerId", name, created_at AS "createdAt"
      FROM sample_notes WHERE id = ANY (${ids.filter(isPossibleId)})`;
  }
}
