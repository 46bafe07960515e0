import { type Sql, sql } from '@marquee/database';
import { minorUnits, type Money, toMoney } from '@marquee/money';

import { type Coupon, currencyOf } from '../domain/coupon.ts';
import type { NewCoupon } from '../domain/ports.ts';

type Amount = 'amountOff' | 'maximumDiscount' | 'minimumSpend' | 'budget';

/** A row of `coupons` as raw statements return it. */
export interface CouponRow extends Omit<Coupon, Amount | 'spent'>, Record<Amount, bigint | null> {
  readonly currency: string | null;
  readonly spent: bigint;
}

export const COUPON_COLUMNS: Sql = sql`coupons.id, code, kind, percent_off AS "percentOff", amount_off AS "amountOff",
  maximum_discount AS "maximumDiscount",  minimum_spend AS "minimumSpend", budget, currency, title_ids AS "titleIds", city_ids AS "cityIds",
  first_booking_only AS "firstBookingOnly", coupons.per_user_limit AS "perUserLimit", redemption_limit AS "redemptionLimit",
  organisation_id AS "organisationId", starts_at AS "startsAt", ends_at AS "endsAt", disabled_at AS "disabledAt",
  created_at AS "createdAt", reserved_count AS "reservedCount", redeemed_count AS "redeemedCount",
  reserved_amount + redeemed_amount AS spent, now() AS "readAt"`;

export function toCoupon(row: CouponRow): Coupon {
  const { amountOff, maximumDiscount, minimumSpend, budget, currency, spent, ...coupon } = row;
  const money = (amount: bigint | null): Money | null =>
    amount === null || currency === null ? null : toMoney(amount, currency);
  return {
    ...coupon,
    ...{
      amountOff: money(amountOff),
      maximumDiscount: money(maximumDiscount),
      minimumSpend: money(minimumSpend),
      budget: money(budget),
    },
    spent: minorUnits(spent),
  };
}

export function couponInsert(coupon: NewCoupon): Sql {
  const { id, code, kind, percentOff, amountOff, maximumDiscount, minimumSpend, budget, ...rest } = coupon;
  return sql`
    INSERT INTO coupons (id, code, kind, percent_off, amount_off, maximum_discount, minimum_spend, budget, currency, title_ids,
      city_ids, first_booking_only, per_user_limit, redemption_limit, organisation_id, starts_at, ends_at, created_by, created_at)
    VALUES (${id}, ${code}, ${kind}::coupon_kind, ${percentOff}::int, ${amountOff?.amount ?? null}::bigint,
      ${maximumDiscount?.amount ?? null}::bigint, ${minimumSpend?.amount ?? null}::bigint, ${budget?.amount ?? null}::bigint, ${currencyOf(coupon)},
      ${rest.titleIds}::text[], ${rest.cityIds}::text[], ${rest.firstBookingOnly}, ${rest.perUserLimit}::int,
      ${rest.redemptionLimit}::int, ${rest.organisationId}, ${rest.startsAt}::timestamptz, ${rest.endsAt}::timestamptz,
      ${rest.createdBy}, ${rest.createdAt}::timestamptz)
    ON CONFLICT (code) DO NOTHING`;
}
