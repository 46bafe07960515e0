import type { SqlTransaction } from '@marquee/database';

/**
 * A refund, or a lost dispute, of a show that has ended is taken from its organisation with the next settlement. One that
 * has read the show before settles nothing, because the count differs.
 */
export async function settleShowAgain(tx: SqlTransaction, paymentId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE payable_shows AS show SET settled_at = NULL, settlements = settlements + 1 FROM payments AS payment
    WHERE payment.id = ${paymentId} AND show.id = payment.sale ->> 'showId'
      AND (show.settled_at IS NOT NULL OR show.ends_at <= ${now}::timestamptz)`;
}
