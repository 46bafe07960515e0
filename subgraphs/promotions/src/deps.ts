import type { PrismaClient } from '@marquee/prisma-promotions';
import { findOrganisationRoles, type SubgraphRuntime } from '@marquee/subgraph';
import { type Instruments, observe } from '@marquee/telemetry';

import { bookingOf } from './adapters/booking.ts';
import { CodeTryRepository } from './adapters/code-tries.ts';
import { CouponRepository } from './adapters/coupons.ts';
import { RedemptionRepository } from './adapters/redemptions.ts';
import { UsedCouponRepository } from './adapters/used-coupons.ts';
import type { CheckCouponDeps } from './use-cases/check-coupon.ts';
import type { CreateCouponDeps } from './use-cases/create-coupon.ts';
import type { DisableCouponDeps } from './use-cases/disable-coupon.ts';
import type { ReserveCouponDeps } from './use-cases/reserve-coupon.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps extends CheckCouponDeps, CreateCouponDeps, DisableCouponDeps, ReserveCouponDeps {
  readonly coupons: CouponRepository;
  readonly usedCoupons: UsedCouponRepository;
  readonly codeTries: CodeTryRepository;
  readonly holds: ReturnType<typeof bookingOf>;
}

export function openDeps({ client, calls, instruments, now }: SubgraphRuntime<PrismaClient, unknown>): Deps {
  const usedCoupons = new UsedCouponRepository(client);
  observeReservations(usedCoupons, instruments);
  return {
    ...{ usedCoupons, now },
    coupons: new CouponRepository(client),
    redemptions: new RedemptionRepository(client),
    codeTries: new CodeTryRepository(client),
    holds: bookingOf(calls),
    findOrganisationRoles: findOrganisationRoles(calls),
  };
}

function observeReservations(usedCoupons: UsedCouponRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_promotions_reservations_open',
    help: 'Coupons that have been reserved for minutes, for bookings of which nothing is known yet',
    read: () => usedCoupons.countOpen(),
  });
}
