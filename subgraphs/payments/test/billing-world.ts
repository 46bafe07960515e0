import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-payments';
import { testDatabase, whenDone } from '@marquee/testkit';
import { openLog } from '@marquee/telemetry';
import { afterEach } from 'vitest';

import { sandboxPayments } from '../src/adapters/sandbox/sandbox-payments.ts';
import { openDeps } from '../src/deps.ts';
import type { PaymentProvider } from '../src/domain/payment-provider.ts';
import { settings as shape } from '../src/settings.ts';
import { runBilling } from '../src/use-cases/billing/run-billing.ts';
import { type BillingInterval } from '../src/domain/billing/calendar.ts';
import { API_KEY, openPayments, type PaymentsHarness, WEBHOOK_SECRET } from './harness.ts';

export const DAY_MS = 86_400_000;

type PlanChange = Partial<{ amount: number; currency: string; interval: BillingInterval; trialDays: number }>;

/** Payments whose clock stands still until a test moves it. Callers that the tests make have signed in after it. */
export async function openBillingWorld() {
  const clock = { now: new Date('2024-01-31T12:00:00.000Z') };
  const now = (): Date => clock.now;
  const options = { now, start: false, rateLimits: false, timeoutMs: 20_000 };
  const harness = await openPayments({ webhooks: false, start: false });
  const { subgraph, statements } = await harness.openInstance({ ...options });
  const deps = billingDeps(harness, now);
  // Mandates that a test leaves behind are not charged again when a later one moves the clock.
  afterEach(async () => {
    await harness.database.mandate.updateMany({ where: { endedAt: null }, data: { nextActionAt: null } });
  });
  return {
    ...harness,
    ...{ payments: subgraph, statements, clock, deps, now },
    /** Runs the billing job at an instant, or after some days. */
    bill: async (at: Date | number = 0) => {
      clock.now = at instanceof Date ? at : new Date(clock.now.getTime() + at * DAY_MS);
      await runBilling(deps);
    },
    /** The subgraph on a database of their own, without the constraints that a control drops. */
    contest: async (drop: string[] = []) => {
      const { url: databaseUrl } = await testDatabase('payments');
      const instance = await harness.openInstance({ ...options, databaseUrl });
      for (const statement of drop) await instance.database.$executeRawUnsafe(statement);
      const worker = () => billingDeps({ ...harness, databaseUrl }, now);
      return {
        ...instance,
        payments: instance.subgraph,
        worker,
        addPlan: (change: PlanChange = {}) => addPlan(instance.database, change),
      };
    },
    plan: (change: PlanChange = {}) => addPlan(harness.database, change),
  };
}

/** The dependencies of the job, as in a process of its own. @param wrap changes the provider */
export function billingDeps(
  { databaseUrl, sandbox, redis, namespace }: Pick<PaymentsHarness, 'databaseUrl' | 'sandbox' | 'redis' | 'namespace'>,
  now: () => Date,
  wrap: (provider: PaymentProvider) => PaymentProvider = (provider) => provider,
) {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 5 });
  const urls = { providerUrl: sandbox.url, providerApiKey: API_KEY, providerWebhookSecret: WEBHOOK_SECRET };
  const provider = wrap(sandboxPayments(urls));
  whenDone(async () => {
    provider.close();
    await client.$disconnect();
  });
  const runtime = {
    ...{ client, redis, namespace, now, settings: shape.parse(urls), instruments: {}, rateLimits: false },
    ...{ random: Math.random, publishOutbox: () => undefined, securityEvent: () => undefined },
    log: openLog({ service: 'payments', level: 'silent' }),
    calls: { query: () => Promise.reject(new Error('nobody is asked')) },
    subgraphs: [],
    runIdempotently: () => Promise.reject(new Error('no requests')),
  };
  return openDeps(runtime, provider);
}

let plansAdded = 0;

async function addPlan(
  database: PrismaClient,
  { amount = 1_000, currency = 'EUR', interval = 'MONTH' as BillingInterval, trialDays = 0, country = 'NL' } = {},
) {
  plansAdded += 1;
  const id = `mpl_test_${plansAdded}`;
  const benefits = { freeCancellations: 1, bookingFeePercentOff: 50 };
  const text = { name: `Plan ${plansAdded}`, description: 'Films and more.', createdBy: 'usr_admin' };
  await database.membershipPlan.create({
    data: { id, ...text, ...benefits, amount, currency, interval, trialDays, country, createdAt: new Date() },
  });
  return { id, name: text.name };
}
