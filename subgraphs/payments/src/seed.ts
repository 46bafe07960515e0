import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-payments';

import { MembershipPlanRepository } from './adapters/billing/membership-plans.ts';
import type { NewMembershipPlan } from './domain/billing/membership-plan.ts';

/** The country of each currency's plans, and the price of a month in minor units. */
const MARKETS: Readonly<Record<string, readonly [country: string, monthly: number]>> = {
  AED: ['AE', 3_900],
  ARS: ['AR', 790_000],
  AUD: ['AU', 1_590],
  BRL: ['BR', 2_990],
  CAD: ['CA', 1_299],
  CHF: ['CH', 1_290],
  EUR: ['NL', 999],
  GBP: ['GB', 899],
  INR: ['IN', 19_900],
  ISK: ['IS', 1_490],
  JPY: ['JP', 1_480],
  KRW: ['KR', 9_900],
  MXN: ['MX', 14_900],
  PLN: ['PL', 3_900],
  SEK: ['SE', 11_900],
  SGD: ['SG', 1_390],
  TRY: ['TR', 19_900],
  USD: ['US', 1_099],
  ZAR: ['ZA', 12_900],
};
const MONTHS_PAID_OF_A_YEAR = 10;
const SEEDED_AT = new Date('2026-01-01T00:00:00Z');

/** Adds a monthly and a yearly plan in each currency of the seed; existing ones do not change. */
export async function seed({ databaseUrl }: { readonly databaseUrl: string }): Promise<string[]> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 1, applicationName: 'marquee-payments-seed' });
  try {
    await new MembershipPlanRepository(client).addMissing(Object.entries(MARKETS).flatMap(plansOf));
  } finally {
    await client.$disconnect();
  }
  return [];
}

function plansOf([currency, [country, monthly]]: [string, readonly [string, number]]): NewMembershipPlan[] {
  const market = { country, createdBy: 'usr_seed_admin', createdAt: SEEDED_AT };
  return [
    {
      ...market,
      id: `mpl_seed_plus_${currency.toLowerCase()}`,
      name: 'Marquee Plus',
      description: 'Half the booking fee. The first 14 days are free.',
      interval: 'MONTH',
      price: { amount: monthly, currency },
      trialDays: 14,
      benefits: { freeCancellations: 0, bookingFeePercentOff: 50 },
    },
    {
      ...market,
      id: `mpl_seed_gold_${currency.toLowerCase()}`,
      name: 'Marquee Gold',
      description: 'No booking fee.',
      interval: 'YEAR',
      price: { amount: monthly * MONTHS_PAID_OF_A_YEAR, currency },
      trialDays: 0,
      benefits: { freeCancellations: 0, bookingFeePercentOff: 100 },
    },
  ];
}
