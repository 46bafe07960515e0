import type { SqlTransaction } from '@marquee/database';
import type { PayloadOf } from '@marquee/events';

type CheckIn = PayloadOf<'booking.ticket-checked-in'>;

/** Who was at which title and venue, by the tickets that were used. One that the venue gave away proves no customer. */
export class AttendanceRepository {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Records check-ins; a second one changes nothing. */
  async add(checkIns: readonly CheckIn[]): Promise<void> {
    const sold = checkIns.filter(({ isComplimentary }) => !isComplimentary);
    const attendances = sold.flatMap(({ holderId, titleId, venueId, checkedInAt }) => [
      ...(titleId ? [{ holderId, type: 'TITLE', id: titleId, checkedInAt }] : []),
      ...(venueId ? [{ holderId, type: 'VENUE', id: venueId, checkedInAt }] : []),
    ]);
    await this.#sql.$executeRaw`
      INSERT INTO attendances (user_id, subject_type, subject_id, attended_at)
      SELECT "holderId", type::"SubjectType", id, "checkedInAt"
      FROM jsonb_to_recordset(${JSON.stringify(attendances)}::jsonb)
        AS attended ("holderId" text, type text, id text, "checkedInAt" timestamptz)
      ORDER BY "holderId", type, id ON CONFLICT DO NOTHING`;
  }
}
