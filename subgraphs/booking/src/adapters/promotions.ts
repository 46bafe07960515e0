import { setTimeout } from 'node:timers/promises';
import type { ServiceCalls } from '@marquee/subgraph';
import { counterIn, type Instruments, type Log } from '@marquee/telemetry';

import type { CouponRejection, Coupons, CouponSale, ReservedCoupon } from '../domain/coupon.ts';

const RESERVE = `mutation ReserveCoupon($input: ReserveCouponInput!) {
  reserveCoupon(input: $input) {
    __typename
    ... on ReserveCouponPayload { couponId code discount { amount currency } bookBy minimumSpend { amount currency } titleIds fundedBy }
    ... on CouponRejectedError { reason message }
  }
}`;

/** How long a booking waits for its coupon. */
const PATIENCE_MS = 2_000;

const LOST = {
  name: 'marquee_booking_coupons_lost_total',
  help: 'Bookings made without their coupon because promotions was late or has failed',
  labelNames: ['cause'],
} as const;

class PromotionsLateError extends Error {}

interface Response {
  readonly reserveCoupon:
    | ({ readonly __typename: 'ReserveCouponPayload' } & Omit<ReservedCoupon, 'bookBy'> & {
          readonly bookBy: string | Date;
        })
    | ({ readonly __typename: 'CouponRejectedError' } & CouponRejection);
}

/** Asks promotions under booking's service identity. What it reserves too late for us, it releases by itself. */
export function promotionsOf(
  calls: ServiceCalls,
  log: Log,
  { metrics }: Instruments = {},
  patienceMs = PATIENCE_MS,
): Coupons {
  const lost = metrics && counterIn(metrics, LOST);
  const ask = async (code: string, sale: CouponSale): Promise<ReservedCoupon | CouponRejection> => {
    const input = { code, ...sale };
    const { reserveCoupon } = await calls.query<Response>('promotions', { query: RESERVE, variables: { input } });
    if (reserveCoupon.__typename === 'CouponRejectedError') {
      return { reason: reserveCoupon.reason, message: reserveCoupon.message };
    }
    const { __typename: _typename, ...reserved } = reserveCoupon;
    return { ...reserved, bookBy: new Date(reserved.bookBy) };
  };
  return {
    reserve: async (code, sale) => {
      const patience = new AbortController();
      const late = setTimeout(patienceMs, undefined, { signal: patience.signal }).then(() => {
        throw new PromotionsLateError(`promotions took longer than ${patienceMs} ms`);
      });
      try {
        return await Promise.race([ask(code, sale), late]);
      } catch (error) {
        lost?.inc({ cause: error instanceof PromotionsLateError ? 'late' : 'failed' });
        log.warn({ err: error, holdId: sale.holdId }, 'booking without the coupon');
        return null;
      } finally {
        patience.abort();
        late.catch(() => undefined);
      }
    },
  };
}
