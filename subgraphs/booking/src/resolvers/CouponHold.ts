import { cityIdOf, discountableOf, priceOfHold } from '../domain/hold-price.ts';
import type { HoldOfShow } from '../domain/ports.ts';
import { type Pricing, type PriceRules, rulesFor } from '../domain/price.ts';
import type { CouponHoldResolvers } from '../generated/resolvers.ts';

const rulesOf = (pricing: Pricing, hold: HoldOfShow): PriceRules =>
  rulesFor(pricing, { ...hold.show, cityCode: hold.cityCode });

/** A hold, priced as `createBooking` prices it. */
export const CouponHold: CouponHoldResolvers = {
  isActive: ({ status }) => status === 'ACTIVE',
  titleId: ({ show }) => show.titleId,
  cityId: ({ cityCode }) => cityIdOf(cityCode),
  organisationId: ({ show }) => show.organisationId,
  subtotal: ({ total }) => total,
  discountable: (hold, _args, { deps }) => discountableOf(hold, rulesOf(deps.pricing, hold)),
  isFirstBooking: ({ customerId }, _args, { deps }) => deps.bookings.isFirstOf(customerId),
  totalAfter: (hold, { discount }, { deps }) => {
    const rules = rulesOf(deps.pricing, hold);
    const off = Math.min(discount, discountableOf(hold, rules));
    const { total: amount, currency } = priceOfHold(hold, rules, off);
    return { amount, currency };
  },
};
