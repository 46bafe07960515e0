import { withConnection } from '@marquee/database';

/** A show with all of its bookings. */
interface PastShow {
  readonly showId: string;
  readonly bookingIds: readonly string[];
}

interface DatedTable {
  readonly domain: string;
  readonly table: string;
  /** The rows to move: `$2` is the show, `$3` its bookings. */
  readonly rows: string;
  /** Columns with an instant or a day. */
  readonly columns: readonly string[];
  /** The moment of the show inside a JSON column; rows without it stay as they are. */
  readonly moment?: { readonly column: string; readonly path: string };
  /** The trigger that refuses changes; off until the transaction ends. */
  readonly guard?: string;
}

const OF_CITY = `city_code = split_part($2, '_', 1)`;
/** The ledger is not here: it is never rewritten, and shows no times of card payments. */
const DATED: readonly DatedTable[] = [
  {
    ...{ domain: 'catalog', table: 'shows', rows: `${OF_CITY} AND id = $2` },
    columns: ['starts_at', 'ends_at', 'screen_free_at', 'local_date', 'sales_open_at', 'created_at'],
  },
  { domain: 'booking', table: 'shows', rows: `${OF_CITY} AND id = $2`, columns: ['starts_at', 'ends_at'] },
  {
    ...{ domain: 'booking', table: 'seat_holds' },
    rows: `${OF_CITY} AND id IN (SELECT hold_id FROM bookings WHERE ${OF_CITY} AND id = ANY ($3))`,
    columns: ['created_at', 'expires_at'],
  },
  // Its deadline stays as its first event says, and is over for a paid booking.
  { domain: 'booking', table: 'bookings', rows: `${OF_CITY} AND id = ANY ($3)`, columns: ['created_at'] },
  { domain: 'booking', table: 'tickets', rows: `${OF_CITY} AND booking_id = ANY ($3)`, columns: ['issued_at'] },
  {
    ...{ domain: 'booking', table: 'booking_events', rows: `${OF_CITY} AND booking_id = ANY ($3)`, columns: ['at'] },
    guard: 'booking_events_append_only',
  },
  { domain: 'feed', table: 'shows', rows: `${OF_CITY} AND id = $2`, columns: ['starts_at'] },
  { domain: 'search', table: 'shows', rows: `${OF_CITY} AND id = $2`, columns: ['starts_at'] },
  // Its sales are paid out to its organisation.
  { domain: 'payments', table: 'payable_shows', rows: 'id = $2', columns: ['ends_at'] },
  { domain: 'payments', table: 'payable_bookings', rows: 'id = ANY ($3)', columns: ['created_at', 'expires_at'] },
  {
    domain: 'payments',
    table: 'payments',
    rows: 'booking_id = ANY ($3)',
    columns: ['created_at', 'settled_at', 'deadline'],
  },
  {
    ...{ domain: 'notifications', table: 'notifications', rows: 'booking_id = ANY ($3)', columns: ['created_at'] },
    moment: { column: 'message', path: '{values,starts,at}' },
  },
];

/**
 * Moves a show with its paid bookings so many weeks into the past, as if all of it had happened then: a show that has begun
 * cannot be booked.
 */
export async function dateBack(
  databaseUrls: Readonly<Record<string, string>>,
  { showId, bookingIds }: PastShow,
  weeks: number,
): Promise<void> {
  for (const dated of DATED) {
    const url = databaseUrls[dated.domain] ?? '';
    await withConnection(url, async (connection) => {
      const toggle = async (how: 'DISABLE' | 'ENABLE'): Promise<void> => {
        if (dated.guard) await connection.query(`ALTER TABLE ${dated.table} ${how} TRIGGER ${dated.guard}`);
      };
      await connection.query('BEGIN');
      await toggle('DISABLE');
      await connection.query(statement(dated), [weeks, showId, bookingIds]);
      await toggle('ENABLE');
      await connection.query('COMMIT');
    });
  }
}

/** Names all parameters, since Postgres wants to know the type of each. */
function statement({ table, rows, columns, moment }: DatedTable): string {
  const moved = columns.map((column) => `${column} = ${column} - shift.days`);
  if (moment) moved.push(movedMoment(moment));
  return `UPDATE ${table} SET ${moved.join(', ')}
    FROM (SELECT $1::int * interval '7 days' AS days, $2::text, $3::text[]) AS shift WHERE ${rows}`;
}

/** As programs write it, in ISO 8601 and UTC. */
function movedMoment({ column, path }: NonNullable<DatedTable['moment']>): string {
  const instant = `((${column} #>> '${path}')::timestamptz - shift.days)`;
  const text = `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return `${column} = CASE WHEN ${column} #>> '${path}' IS NULL THEN ${column}
    ELSE jsonb_set(${column}, '${path}', to_jsonb(${text})) END`;
}
