import type { PayloadOf } from '@marquee/events';

import { CouponCountRepository } from '../src/adapters/coupon-counts.ts';
import type { Sale } from '../src/domain/sale.ts';
import { heldSale, type PromotionsHarness } from './harness.ts';
import type { operationsOf } from './operations.ts';

export type Status = PayloadOf<'booking.coupon-changed'>['status'];

export const bookingIdOf = ({ holdId }: Sale) => holdId.replace('_hld_', '_bkg_');

/** Tells promotions what became of a booking. */
export function tell({ deliver }: PromotionsHarness, sale: Sale, couponId: string, status: Status) {
  const { holdId, customerId } = sale;
  return deliver('booking.coupon-changed', { bookingId: bookingIdOf(sale), holdId, customerId, couponId, status });
}

/** The counts of a coupon once all changes are added up. */
export const countsOf = async ({ database }: PromotionsHarness, id: string) => {
  await new CouponCountRepository(database).addUp();
  const {
    reservedCount: reserved,
    redeemedCount: redeemed,
    ...amounts
  } = await database.coupon.findUniqueOrThrow({ where: { id } });
  return { reserved, redeemed, amount: Number(amounts.reservedAmount + amounts.redeemedAmount) };
};

/** Reserves for each sale at once. @returns those that got the coupon */
export async function race(
  reserveOne: ReturnType<typeof operationsOf>['reserve'],
  code: string,
  sales: readonly Sale[],
): Promise<Sale[]> {
  const answers = await Promise.all(sales.map(async (sale) => ({ sale, answer: await reserveOne(code, sale) })));
  return answers.filter(({ answer }) => answer.__typename === 'ReserveCouponPayload').map(({ sale }) => sale);
}

export const sales = (count: number, change: Parameters<typeof heldSale>[0] = {}) =>
  Array.from({ length: count }, () => heldSale(change));
