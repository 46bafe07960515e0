import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-activity';

import type { TrackedEvent } from '../../domain/tracked-event.ts';
import { STAGED_COLUMNS, STAGED_DEFINITIONS, stagedJson } from './copy-lines.ts';

/** The key of the advisory lock of whoever records events: any number that nothing else in the database uses. */
const RECORDING_LOCK = 7_305_210;

const COLUMNS = Prisma.raw(STAGED_COLUMNS);
const DEFINITIONS = Prisma.raw(STAGED_DEFINITIONS);

/** The statement that copies lines of `copyLines` into the stage. */
export const COPY_TO_STAGE = `COPY staged_events (${STAGED_COLUMNS}) FROM STDIN`;

/**
 * Makes the tables in which a transaction prepares events: `staged_events` as they come, and `fresh_events`, of those the
 * new ones with what is known about them. They are empty, and the session's own.
 */
export async function openStage(tx: SqlTransaction): Promise<void> {
  // The tables are filled after the plans of their statements would be made.
  await tx.$executeRaw`SELECT set_config(name, value, true) FROM (VALUES ('plan_cache_mode', 'force_custom_plan'),
    ('jit', 'off'), ('work_mem', '64MB'), ('client_min_messages', 'warning')) AS settings (name, value)`;
  await tx.$executeRaw`CREATE TEMP TABLE IF NOT EXISTS staged_events (${DEFINITIONS}) ON COMMIT DELETE ROWS`;
  await tx.$executeRaw`
    CREATE TEMP TABLE IF NOT EXISTS fresh_events (
      ${DEFINITIONS}, suspicious boolean, code int, counted_name text, mark bigint) ON COMMIT DELETE ROWS`;
}

/** Puts events on the stage. */
export async function stage(tx: SqlTransaction, events: readonly TrackedEvent[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO staged_events (${COLUMNS})
    SELECT ${COLUMNS} FROM jsonb_to_recordset(${stagedJson(events)}::jsonb) AS row (${DEFINITIONS})`;
}

/** Waits until nobody else records events: two at a time could take the same one for new in the turn of a week. */
export async function lockRecording(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${RECORDING_LOCK})`;
}
