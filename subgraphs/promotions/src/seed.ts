import { connect, type SqlTransaction } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-promotions';

import { couponInsert } from './adapters/coupon-row.ts';
import type { CouponTerms } from './domain/coupon.ts';

const ADMIN = 'usr_seed_admin';
const DAY_MS = 86_400_000;

interface SeededCoupon extends Partial<CouponTerms> {
  readonly code: string;
  /** Counted from the day of the seed. */
  readonly days: readonly [from: number, to: number];
}

const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const inr = (amount: number) => ({ amount, currency: 'INR' });
const percent = (percentOff: number) => ({ kind: 'PERCENT', percentOff }) as const;

/** Coupons as a marketplace has them: running, to come, used up, over, and ended by hand. */
const COUPONS: readonly SeededCoupon[] = [
  {
    code: 'WELCOME15',
    ...percent(15),
    firstBookingOnly: true,
    perUserLimit: 1,
    redemptionLimit: 20_000,
    days: [-200, 365],
  },
  { code: 'MARQUEE10', ...percent(10), perUserLimit: 3, redemptionLimit: 10_000, days: [-30, 60] },
  { code: 'FARGO25', ...percent(25), titleIds: ['ttl_seed_fargo-1996'], redemptionLimit: 1_000, days: [-7, 21] },
  {
    code: 'LONDON5',
    kind: 'AMOUNT',
    amountOff: gbp(500),
    minimumSpend: gbp(2_000),
    cityIds: ['cty_lon'],
    redemptionLimit: 500,
    days: [-14, 45],
  },
  {
    code: 'FILMWEEK-AMS',
    ...percent(20),
    minimumSpend: eur(1_500),
    cityIds: ['cty_ams'],
    maximumDiscount: eur(2_000),
    budget: eur(250_000),
    days: [-2, 5],
  },
  {
    code: 'MUMBAI150',
    kind: 'AMOUNT',
    amountOff: inr(15_000),
    minimumSpend: inr(60_000),
    cityIds: ['cty_bom'],
    budget: inr(15_000_000),
    perUserLimit: 1,
    days: [-10, 30],
  },
  { code: 'RIALTO-FRIENDS', ...percent(12), organisationId: 'org_seed_partner', perUserLimit: 2, days: [-20, 90] },
  {
    code: 'BERLIN-WINTER',
    ...percent(30),
    maximumDiscount: eur(3_000),
    cityIds: ['cty_ber'],
    redemptionLimit: 2_000,
    days: [30, 60],
  },
  { code: 'EARLYBIRD', ...percent(40), redemptionLimit: 2, perUserLimit: 1, days: [-25, 25] },
  {
    code: 'DIWALI-2026',
    ...percent(25),
    maximumDiscount: inr(50_000),
    minimumSpend: inr(50_000),
    budget: inr(50_000_000),
    days: [-40, -12],
  },
  {
    code: 'OPERA-EVENING',
    kind: 'AMOUNT',
    amountOff: eur(1_000),
    minimumSpend: eur(6_000),
    cityIds: ['cty_par', 'cty_ber'],
    budget: eur(500_000),
    days: [-60, 120],
  },
];
const USED_UP = { code: 'EARLYBIRD', customers: ['usr_seed_customer2', 'usr_seed_advertiser'] };
const ENDED = 'OPERA-EVENING';
/** The demo customers' codes to invite others with. */
const REFERRAL_CODES = [
  ['usr_seed_customer', 'POPCORN7'],
  ['usr_seed_customer2', 'MATINEE5'],
] as const;

/** Adds coupons, and the demo customers' referral codes; what exists does not change. */
export async function seed({ databaseUrl }: { readonly databaseUrl: string }): Promise<string[]> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 1, applicationName: 'marquee-promotions-seed' });
  try {
    await client.$transaction((tx) => addMissing(tx, new Date()));
  } finally {
    await client.$disconnect();
  }
  return [];
}

async function addMissing(tx: SqlTransaction, now: Date): Promise<void> {
  for (const [index, coupon] of COUPONS.entries()) await tx.$executeRaw(couponInsert(toCoupon(coupon, index, now)));
  const holds = USED_UP.customers.map((_customer, index) => `lon_hld_seed_${index + 1}`);
  await tx.$executeRaw`
    INSERT INTO coupon_redemptions (hold_id, coupon_id, customer_id, status, amount, currency, first_booking_only,
      reserved_at, redeemed_at)
    SELECT hold, ${idOf(USED_UP.code)}, customer, 'REDEEMED', 1000, 'GBP', false, now(), now()
    FROM unnest(${holds}::text[], ${USED_UP.customers}::text[]) AS use (hold, customer)
    WHERE EXISTS (SELECT FROM coupons WHERE id = ${idOf(USED_UP.code)})
    ON CONFLICT (hold_id) DO NOTHING`;
  await tx.$executeRaw`
    UPDATE coupons SET disabled_at = now(), disabled_by = ${ADMIN} WHERE id = ${idOf(ENDED)} AND disabled_at IS NULL`;
  for (const [userId, code] of REFERRAL_CODES) {
    await tx.$executeRaw`
      INSERT INTO referral_codes (user_id, code) VALUES (${userId}, ${code}) ON CONFLICT DO NOTHING`;
  }
}

const idOf = (code: string): string => `cou_seed_${code.toLowerCase()}`;

function toCoupon({ days: [from, to], ...terms }: SeededCoupon, index: number, now: Date) {
  const inDays = (days: number): Date => new Date(now.getTime() + days * DAY_MS);
  return {
    ...({ kind: 'PERCENT', percentOff: null, amountOff: null } as const),
    ...{ maximumDiscount: null, minimumSpend: null, budget: null },
    ...{ titleIds: [], cityIds: [], firstBookingOnly: false, perUserLimit: null, redemptionLimit: null },
    organisationId: null,
    ...terms,
    ...{ id: idOf(terms.code), createdBy: ADMIN, startsAt: inDays(from), endsAt: inDays(to) },
    // A minute apart, so that lists have them in this order.
    createdAt: new Date(now.getTime() - index * 60_000),
  };
}
