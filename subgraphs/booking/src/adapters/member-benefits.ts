import type { SqlTransaction } from '@marquee/database';
import type { PayloadOf } from '@marquee/events';

import { hasBenefits } from '../domain/discount.ts';

/**
 * Records a membership's benefits, or that they ended. Each membership has a row of its own, so that the end of one takes
 * nothing from the next, whichever event comes first.
 */
export async function saveMemberBenefit(
  tx: SqlTransaction,
  membership: PayloadOf<'payments.membership-changed'>,
): Promise<void> {
  const { membershipId, customerId, bookingFeePercentOff } = membership;
  if (!hasBenefits(membership)) {
    await tx.$executeRaw`DELETE FROM member_benefits WHERE membership_id = ${membershipId}`;
    return;
  }
  await tx.$executeRaw`
    INSERT INTO member_benefits (membership_id, customer_id, booking_fee_percent_off)
    VALUES (${membershipId}, ${customerId}, ${bookingFeePercentOff}::int)
    ON CONFLICT (membership_id) DO UPDATE SET booking_fee_percent_off = excluded.booking_fee_percent_off`;
}
