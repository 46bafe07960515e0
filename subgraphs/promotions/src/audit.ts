import type { SqlTransaction } from '@marquee/database';

import { auditCoupons } from './adapters/coupon-audit.ts';

/** `npm run audit:promotions`: counts that differ from a recount, as lines. @returns how many uses were counted */
export async function* audit(client: SqlTransaction): AsyncGenerator<string, string> {
  return `${yield* auditCoupons(client)} uses of coupons counted`;
}
