import type { SqlTransaction } from '@marquee/database';

/** The most names that are counted apart: each has a character of its own. */
const MAX_NAMES = 1_000;
/** The first character of names that clients thought of: À. */
const FIRST_CODE = 192;

/** Gives each new name a code, while there are any. */
export async function addNames(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO event_names (code, name)
    SELECT next.code + row_number() OVER (ORDER BY name) - 1, name
    FROM (SELECT DISTINCT name FROM staged_events EXCEPT SELECT name FROM event_names) AS added,
      (SELECT greatest(max(code) + 1, ${FIRST_CODE}::int) AS code FROM event_names) AS next
    ORDER BY name LIMIT (SELECT greatest(0, ${MAX_NAMES}::int - count(*)) FROM event_names)`;
}
