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
interface SeededUses {
  readonly code: string;
  readonly customers: readonly string[];
  readonly amount: number;
  readonly currency: string;
  /** The ids of the holds, before their numbers. */
  readonly holds: string;
  /** When the first was, and how long after it each of the others. */
  readonly from: number;
  readonly everyDays: number;
}

const audience = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `usr_seed_audience${first + index}`);

/** Uses of coupons by the seed's customers: one used up, one that is over, and some that run. */
const USES: readonly SeededUses[] = [
  {
    ...{ code: 'EARLYBIRD', customers: ['usr_seed_customer2', 'usr_seed_advertiser'], amount: 1_000, currency: 'GBP' },
    ...{ holds: 'lon_hld_seed', from: -9, everyDays: 3 },
  },
  {
    ...{ code: 'DIWALI-2026', customers: audience(1, 13), amount: 18_000, currency: 'INR' },
    ...{ holds: 'bom_hld_seed_diwali', from: -39, everyDays: 2 },
  },
  {
    ...{ code: 'MARQUEE10', customers: audience(1, 8), amount: 240, currency: 'EUR' },
    ...{ holds: 'ams_hld_seed_marquee', from: -24, everyDays: 3 },
  },
  {
    ...{ code: 'LONDON5', customers: audience(4, 5), amount: 500, currency: 'GBP' },
    ...{ holds: 'lon_hld_seed_london', from: -12, everyDays: 2 },
  },
];
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
  for (const uses of USES) await addUses(tx, uses, now);
  await tx.$executeRaw`
    UPDATE coupons SET disabled_at = now(), disabled_by = ${ADMIN} WHERE id = ${idOf(ENDED)} AND disabled_at IS NULL`;
  for (const [userId, code] of REFERRAL_CODES) {
    await tx.$executeRaw`
      INSERT INTO referral_codes (user_id, code) VALUES (${userId}, ${code}) ON CONFLICT DO NOTHING`;
  }
}

async function addUses(tx: SqlTransaction, uses: SeededUses, now: Date): Promise<void> {
  const { code, customers, amount, currency } = uses;
  const holds = customers.map((_customer, index) => `${uses.holds}_${index + 1}`);
  const times = customers.map((_customer, index) => daysFrom(now, uses.from + index * uses.everyDays));
  await tx.$executeRaw`
    INSERT INTO coupon_redemptions (hold_id, coupon_id, customer_id, status, amount, currency, first_booking_only,
      reserved_at, redeemed_at)
    SELECT hold, ${idOf(code)}, customer, 'REDEEMED', ${amount}::bigint, ${currency}, false, at, at
    FROM unnest(${holds}::text[], ${customers}::text[], ${times}::timestamptz[]) AS use (hold, customer, at)
    WHERE EXISTS (SELECT FROM coupons WHERE id = ${idOf(code)})
    ON CONFLICT (hold_id) DO NOTHING`;
}

const daysFrom = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS);

const idOf = (code: string): string => `cou_seed_${code.toLowerCase()}`;

function toCoupon({ days: [from, to], ...terms }: SeededCoupon, index: number, now: Date) {
  return {
    ...({ kind: 'PERCENT', percentOff: null, amountOff: null } as const),
    ...{ maximumDiscount: null, minimumSpend: null, budget: null },
    ...{ titleIds: [], cityIds: [], firstBookingOnly: false, perUserLimit: null, redemptionLimit: null },
    organisationId: null,
    ...terms,
    ...{ id: idOf(terms.code), createdBy: ADMIN, startsAt: daysFrom(now, from), endsAt: daysFrom(now, to) },
    // A minute apart, so that lists have them in this order.
    createdAt: new Date(now.getTime() - index * 60_000),
  };
}
