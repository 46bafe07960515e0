import { isCheckViolation, sql, type SqlTransaction } from '@marquee/database';
import { UserError } from '@marquee/errors';
import type { EventHandlers } from '@marquee/events';
import { z } from 'zod';

import { reauthenticationRequired } from './caller.ts';

/** Buying is paused for the person. */
export class AccountRestrictedError extends UserError {
  readonly __typename = 'AccountRestrictedError';

  constructor() {
    super(
      'We have paused buying with this account, because of unusual activity. Tickets and seats that you have stay yours. Contact support to have it looked at.',
    );
  }
}

/**
 * The refusal by a level of risk: `assert_may_buy` of the database has undone the statement that called it.
 *
 * @returns null for any other error
 */
export function riskRefusalOf(error: unknown): Error | null {
  if (isCheckViolation(error, 'risk_levels_not_blocked')) return new AccountRestrictedError();
  return isCheckViolation(error, 'risk_levels_confirmed') ? reauthenticationRequired() : null;
}

/**
 * Runs a statement that calls `assert_may_buy`.
 *
 * @throws {AccountRestrictedError} when the person is blocked
 * @throws {CodedError} FORBIDDEN with `extensions.reason` REAUTHENTICATION_REQUIRED when they are challenged
 */
export async function refusedByRisk<T>(statement: PromiseLike<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    throw riskRefusalOf(error) ?? error;
  }
}

const riskChanged = z.object({
  userId: z.string(),
  version: z.int(),
  level: z.enum(['NONE', 'SLOW', 'CHALLENGE', 'BLOCK']),
  reasons: z.array(z.string()).readonly(),
  until: z.iso.datetime().nullable(),
});

/** Keeps the latest level of each person, in whatever order its events arrive; people in one order, for their locks. */
export const RISK_LEVEL_HANDLERS = {
  'activity.risk-changed': {
    many: async (events: readonly { readonly payload: unknown }[], tx: SqlTransaction) => {
      const changes = JSON.stringify(events.map(({ payload }) => riskChanged.parse(payload)));
      await tx.$executeRaw(sql`
        INSERT INTO risk_levels AS known (user_id, version, level, reasons, until)
        SELECT DISTINCT ON ("userId") "userId", version, level, reasons, until
        FROM jsonb_to_recordset(${changes}::jsonb) AS change (
          "userId" text, version int, level text, reasons text[], until timestamptz)
        ORDER BY "userId", version DESC
        ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, level = excluded.level,
          reasons = excluded.reasons, until = excluded.until
        WHERE known.version < excluded.version`);
    },
  },
} as EventHandlers;

/** Deletes the level of somebody whose account is erased. */
export async function eraseRiskLevel(userId: string, tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`DELETE FROM risk_levels WHERE user_id = ${userId}`;
}
