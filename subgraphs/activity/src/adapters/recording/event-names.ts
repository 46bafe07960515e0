import { type SqlTransaction, sql } from '@marquee/database';

/** The most names that are counted apart: each has a character of its own. */
const MAX_NAMES = 1_000;
/** The first character of names that clients thought of: À. */
const FIRST_CODE = 192;
/** Networks that send a name within a day before it is counted apart: what a page sends comes from more, a script from fewer. */
const ENOUGH_NETWORKS = 20;
/** New names a day that count of a network: more than a release of a client brings. */
const MAX_PROPOSALS = 10;

const UNKNOWN = sql`NOT EXISTS (SELECT FROM event_names AS known WHERE known.name = sent.name)`;
const RECENT = sql`at > now() - interval '1 day'`;

/** Gives a code to each new name that enough networks have sent, while there are codes. */
export async function addNames(tx: SqlTransaction): Promise<void> {
  if ((await propose(tx)) === 0) return;
  await tx.$executeRaw`
    INSERT INTO event_names (code, name)
    SELECT next.code + row_number() OVER (ORDER BY name) - 1, name
    FROM (SELECT name FROM event_name_proposals AS sent WHERE ${RECENT} AND ${UNKNOWN}
        GROUP BY name HAVING count(*) >= ${ENOUGH_NETWORKS}::int) AS earned,
      (SELECT greatest(max(code) + 1, ${FIRST_CODE}::int) AS code FROM event_names) AS next
    ORDER BY name LIMIT (SELECT greatest(0, ${MAX_NAMES}::int - count(*)) FROM event_names)`;
}

/** Notes which networks send which new names. @returns how many pairs are new */
async function propose(tx: SqlTransaction): Promise<number> {
  return tx.$executeRaw`
    WITH added AS (
      SELECT DISTINCT name, network FROM staged_events AS sent WHERE network IS NOT NULL AND ${UNKNOWN}
      EXCEPT SELECT name, network FROM event_name_proposals WHERE ${RECENT}
    ), numbered AS (
      SELECT name, network, row_number() OVER (PARTITION BY network ORDER BY name)
        + (SELECT count(*) FROM event_name_proposals AS former WHERE former.network = added.network AND ${RECENT}) AS place
      FROM added
    )
    INSERT INTO event_name_proposals (name, network)
    SELECT name, network FROM numbered WHERE place <= ${MAX_PROPOSALS}::int ORDER BY name, network
    ON CONFLICT (name, network) DO UPDATE SET at = now()`;
}
