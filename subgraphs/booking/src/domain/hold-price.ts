import type { CouponSale } from './coupon.ts';
import { type Discount, membershipDiscounts } from './discount.ts';
import type { HoldOfShow } from './ports.ts';
import { mostOffSeats, priceBooking, type Price, type PriceRules } from './price.ts';

/** The id by which clients know a city. */
export const cityIdOf = (cityCode: string): string => `cty_${cityCode}`;

/** The price of booking the hold with a coupon. @param discount off its seats, in minor units; 0 without one */
export function priceOfHold({ seats, feePercentOff }: HoldOfShow, rules: PriceRules, discount = 0): Price {
  const ofCoupon: Discount = { reason: 'COUPON', of: 'SEATS', by: { amount: discount } };
  const discounts = [...membershipDiscounts(feePercentOff), ...(discount === 0 ? [] : [ofCoupon])];
  return priceBooking(
    seats.map(({ price }) => price),
    rules,
    discounts,
  );
}

/** The most that a coupon can take off a hold. */
export function discountableOf({ seats, feePercentOff }: HoldOfShow, rules: PriceRules): number {
  const prices = seats.map(({ price }) => price);
  return mostOffSeats(prices, rules, membershipDiscounts(feePercentOff));
}

/** The hold as a coupon is used for it. */
export function couponSaleOf(hold: HoldOfShow, rules: PriceRules, isFirstBooking: boolean): CouponSale {
  const { id: holdId, customerId, cityCode, total: subtotal, show } = hold;
  return {
    ...{ holdId, customerId, subtotal, isFirstBooking },
    ...{ titleId: show.titleId, organisationId: show.organisationId, cityId: cityIdOf(cityCode) },
    discountable: discountableOf(hold, rules),
  };
}
