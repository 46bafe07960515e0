import type { ServiceCalls } from '@marquee/subgraph';

import type { CouponSale } from '../src/domain/coupon.ts';

/** The answer of promotions to a reservation; an error, or nothing at all, while it is out of reach. */
export type Reserve = (input: CouponSale & { readonly code: string }) => object | Promise<object>;

/** Promotions as booking asks it. */
export function promotionsWith(reserve: { answer: Reserve }): ServiceCalls {
  return {
    query: async <Data>(subgraph: string, { variables }: { variables?: object | undefined }) => {
      if (subgraph !== 'promotions') throw new Error(`Nobody answers for ${subgraph}`);
      const { input } = variables as { input: CouponSale & { readonly code: string } };
      return { reserveCoupon: await reserve.answer(input) } as Data;
    },
  };
}

/** Reserves a coupon that takes off so much of every hold. */
export const reserving =
  (amount: number, seconds = 60): Reserve =>
  ({ code, subtotal }) => ({
    ...{ __typename: 'ReserveCouponPayload', couponId: 'cou_1', code: code.toUpperCase() },
    discount: { amount, currency: subtotal.currency },
    ...{ minimumSpend: null, titleIds: [], fundedBy: 'MARKETPLACE' as const },
    bookBy: new Date(Date.now() + seconds * 1_000),
  });
