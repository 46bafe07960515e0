import type { PrismaClient } from '@marquee/prisma-promotions';
import { findOrganisationRoles, type SubgraphRuntime } from '@marquee/subgraph';
import { type Instruments, observe } from '@marquee/telemetry';

import { findVerified } from './adapters/accounts.ts';
import { bookingOf } from './adapters/booking.ts';
import { CodeTryRepository } from './adapters/code-tries.ts';
import { CouponCountRepository } from './adapters/coupon-counts.ts';
import { CouponRepository } from './adapters/coupons.ts';
import { HeldDataRepository } from './adapters/held-data.ts';
import { InvitationRepository } from './adapters/invitations.ts';
import { OpenReservationRepository } from './adapters/open-reservations.ts';
import { findWalletCurrencies } from './adapters/payments.ts';
import { RedemptionRepository } from './adapters/redemptions.ts';
import { ReferralRepository } from './adapters/referrals.ts';
import type { ShareSites } from './domain/referral.ts';
import type { Settings } from './settings.ts';
import type { CheckCouponDeps } from './use-cases/check-coupon.ts';
import type { CreateCouponDeps } from './use-cases/create-coupon.ts';
import type { DisableCouponDeps } from './use-cases/disable-coupon.ts';
import type { ReserveCouponDeps } from './use-cases/reserve-coupon.ts';
import type { RewardReferralsDeps } from './use-cases/reward-referrals.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps
  extends CheckCouponDeps, CreateCouponDeps, DisableCouponDeps, ReserveCouponDeps, RewardReferralsDeps {
  readonly coupons: CouponRepository;
  readonly couponCounts: CouponCountRepository;
  readonly openReservations: OpenReservationRepository;
  readonly codeTries: CodeTryRepository;
  readonly referrals: ReferralRepository;
  readonly invitations: InvitationRepository;
  readonly heldData: HeldDataRepository;
  readonly shareSites: ShareSites;
  readonly rewardReversalDays: number;
  readonly holds: ReturnType<typeof bookingOf>;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, calls, instruments, now, settings } = runtime;
  const openReservations = new OpenReservationRepository(client);
  const couponCounts = new CouponCountRepository(client);
  const invitations = new InvitationRepository(client);
  const { publicUrl, storefrontUrl, rewardReversalDays, rewardDelayDays } = settings;
  observeWork({ openReservations, couponCounts, invitations, rewardDelayDays }, instruments);
  return {
    ...{ openReservations, couponCounts, invitations, now },
    ...{ shareSites: { publicUrl, storefrontUrl }, rewardReversalDays, rewardDelayDays },
    referrals: new ReferralRepository(client),
    heldData: new HeldDataRepository(client),
    findWalletCurrencies: findWalletCurrencies(calls),
    findVerified: findVerified(calls),
    coupons: new CouponRepository(client),
    redemptions: new RedemptionRepository(client),
    codeTries: new CodeTryRepository(client),
    holds: bookingOf(calls),
    findOrganisationRoles: findOrganisationRoles(calls),
  };
}

/** Exports what waits for a job. */
function observeWork(
  {
    openReservations,
    couponCounts,
    invitations,
    rewardDelayDays,
  }: Pick<Deps, 'openReservations' | 'couponCounts' | 'invitations' | 'rewardDelayDays'>,
  { metrics }: Instruments,
) {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_promotions_reservations_open',
    help: 'Coupons that have been reserved for minutes, for bookings of which nothing is known yet',
    read: () => openReservations.count(),
  });
  observe(metrics, {
    name: 'marquee_promotions_counts_waiting',
    help: 'Changes of the counts of coupons that have not been added to them yet',
    read: () => couponCounts.count(),
  });
  observe(metrics, {
    name: 'marquee_promotions_rewards_due',
    help: 'Referrals whose rewards are due and have not been given yet',
    read: () => invitations.countDue(rewardDelayDays),
  });
}
