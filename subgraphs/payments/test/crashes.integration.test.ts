import { createHmac, randomUUID } from 'node:crypto';
import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-payments';
import { eventually, whenDone } from '@marquee/testkit';
import fastify from 'fastify';
import { expect, test } from 'vitest';

import { sandboxPayments } from '../src/adapters/sandbox/sandbox-payments.ts';
import { settlementTransactions } from '../src/adapters/settlement.ts';
import { issueRefunds } from '../src/use-cases/issue-refunds.ts';
import { databaseFault, type Fault, providerFault } from './fault-points.ts';
import { API_KEY, customer, openPayments, WEBHOOK_SECRET } from './harness.ts';
import { pay, refund } from './operations.ts';

/** Nothing runs in the background until every process has died. */
const harness = await openPayments({ webhooks: false, start: false });
const { database, databaseUrl, sandbox, requestedBooking, openInstance } = harness;
const agent = customer(undefined, ['payments:refund', 'payments:read']);

/** Webhooks and live payments are first looked at after some seconds. */
const RECOVERY = { timeoutMs: 60_000 };

const FAULTS: readonly Fault[] = ['crash before', 'crash after', 'time-out'];

/** The steps of a payment and of a refund: a statement, by a text in it, or a request to the provider. */
const PAYING = { create: 'INSERT INTO payments', charge: null, settle: 'UPDATE payments SET status' } as const;
const RECEIVING = { store: 'INSERT INTO provider_events', settle: 'UPDATE payments SET status' } as const;
const REFUNDING = { lock: 'FOR UPDATE', commit: 'COMMIT' } as const;
const ISSUING = { refund: null, lock: 'FOR UPDATE', commit: 'COMMIT' } as const;

/** A process of which something happens at a step. @param marker null for the request to the provider */
async function doomedProcess(marker: string | null, fault: Fault) {
  let cutDatabase = (): void => {};
  const provider = await providerFault(sandbox.url, marker === null ? fault : null, () => cutDatabase());
  const statements = await databaseFault(databaseUrl, marker ?? 'no statement', fault, () => provider.cut());
  cutDatabase = () => statements.cut();
  const { happened } = marker === null ? provider : statements;
  /** Works until the fault has happened, and then dies at the latest. */
  const work = async (working: Promise<unknown>): Promise<void> => {
    const over = working.catch(() => undefined).then(() => Promise.reject(new Error(`${marker} was never reached`)));
    await Promise.race([happened, over]);
    statements.cut();
    provider.cut();
  };
  return { databaseUrl: statements.url, providerUrl: provider.url, work };
}

async function doomedInstance(marker: string | null, fault: Fault) {
  const { databaseUrl: url, providerUrl, work } = await doomedProcess(marker, fault);
  const { subgraph } = await openInstance({ databaseUrl: url, providerUrl, timeoutMs: 10_000, start: false });
  return { subgraph, work };
}

async function payAndDie(marker: string | null, fault: Fault): Promise<string> {
  const { caller, bookingId } = await requestedBooking();
  const { subgraph, work } = await doomedInstance(marker, fault);
  await work(pay(subgraph, caller, bookingId));
  return bookingId;
}

async function receiveAndDie(marker: string, fault: Fault): Promise<string> {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(harness.payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  await fetch(String(payment.actionUrl));
  const { subgraph, work } = await doomedInstance(marker, fault);
  const routes = fastify();
  subgraph.routes?.(routes);
  await work(routes.inject({ method: 'POST', url: '/webhooks/payments/sandbox', ...(await report(bookingId)) }));
  return bookingId;
}

async function report(bookingId: string) {
  const { id, chargeId } = await database.payment.findFirstOrThrow({ where: { bookingId } });
  const charge = { id: chargeId, reference: id, status: 'succeeded', amount: 2_400, currency: 'EUR' };
  const data = { charge: { ...charge, declineCode: null, actionUrl: null } };
  const payload = JSON.stringify({ id: `evt_${randomUUID()}`, type: 'charge.succeeded', data });
  const t = Math.floor(Date.now() / 1_000);
  const v1 = createHmac('sha256', WEBHOOK_SECRET).update(`${t}.${payload}`).digest('hex');
  return { payload, headers: { 'content-type': 'application/json', 'marquee-signature': `t=${t},v1=${v1}` } };
}

async function paidBooking() {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(harness.payments, caller, bookingId);
  return { bookingId, paymentId: payment.id };
}

async function refundAndDie(marker: string, fault: Fault): Promise<string> {
  const { bookingId, paymentId } = await paidBooking();
  const { subgraph, work } = await doomedInstance(marker, fault);
  await work(refund(subgraph, agent, paymentId, { amount: 900 }));
  return bookingId;
}

async function issueAndDie(marker: string | null, fault: Fault): Promise<string> {
  const { bookingId, paymentId } = await paidBooking();
  const { refund: made } = await refund(harness.payments, agent, paymentId, { amount: 900 });
  const { chargeId } = await database.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const { databaseUrl: url, providerUrl, work } = await doomedProcess(marker, fault);
  const client = connect(PrismaClient, { url });
  const secrets = { providerApiKey: API_KEY, providerWebhookSecret: WEBHOOK_SECRET };
  const provider = sandboxPayments({ ...secrets, providerUrl, backgroundTimeoutMs: 10_000 });
  whenDone(async () => {
    provider.close();
    await client.$disconnect();
  });
  const due = { ...made, chargeId, createdAt: new Date() } as never;
  const dueWork = { claimRefunds: async () => [due] };
  const log = { error: () => undefined };
  const now = (): Date => new Date();
  await work(issueRefunds({ provider, dueWork, log, now, inTransaction: settlementTransactions(client, now) }));
  return bookingId;
}

/** The amount that the provider has taken for a payment and not given back. */
async function takenByProvider(paymentId: string): Promise<number> {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const answer = await fetch(`${sandbox.url}/v1/charges?reference=${paymentId}`, { headers });
  const { data } = (await answer.json()) as { data: { status: string; amount: number; refundedAmount: number }[] };
  return data
    .filter(({ status }) => status === 'succeeded')
    .reduce((sum, { amount, refundedAmount }) => sum + amount - refundedAmount, 0);
}

/** The amount that, by our ledger, the provider has taken for a payment and not given back. */
async function takenByLedger(paymentId: string): Promise<number> {
  const [row] = await database.$queryRaw<{ taken: number }[]>`
    SELECT coalesce(sum(posting.amount), 0)::int AS taken
    FROM postings posting JOIN journal_entries entry ON entry.id = posting.entry_id
    WHERE entry.payment_id = ${paymentId} AND posting.account_id LIKE 'receivable:%'`;
  return row?.taken ?? 0;
}

async function stateOf(bookingId: string) {
  const rows = await database.payment.findMany({ where: { bookingId }, include: { refunds: true } });
  const taken = await Promise.all(rows.map(({ id }) => Promise.all([takenByProvider(id), takenByLedger(id)])));
  return {
    payments: rows.map(({ status }) => status),
    refunds: rows.flatMap(({ refunds }) => refunds.map(({ status }) => status)),
    taken: taken.map(([provider, ledger]) => (provider === ledger ? provider : { provider, ledger })),
  };
}

const settled = (taken = 2_400, refunds: string[] = []) => ({ payments: ['SUCCEEDED'], refunds, taken: [taken] });
const NOT_MADE = { payments: [], refunds: [], taken: [] };

/** The defined state after each fault. */
const CASES = FAULTS.flatMap((fault) => [
  {
    step: 'create',
    fault,
    die: () => payAndDie(PAYING.create, fault),
    end: fault === 'crash before' ? NOT_MADE : settled(),
  },
  { step: 'charge', fault, die: () => payAndDie(PAYING.charge, fault), end: settled() },
  { step: 'settle', fault, die: () => payAndDie(PAYING.settle, fault), end: settled() },
  { step: 'store the webhook', fault, die: () => receiveAndDie(RECEIVING.store, fault), end: settled() },
  { step: 'settle by the webhook', fault, die: () => receiveAndDie(RECEIVING.settle, fault), end: settled() },
  { step: 'begin the refund', fault, die: () => refundAndDie(REFUNDING.lock, fault), end: settled() },
  {
    step: 'commit the refund',
    fault,
    die: () => refundAndDie(REFUNDING.commit, fault),
    end: fault === 'crash before' ? settled() : settled(1_500, ['SUCCEEDED']),
  },
  { step: 'refund', fault, die: () => issueAndDie(ISSUING.refund, fault), end: settled(1_500, ['SUCCEEDED']) },
  { step: 'settle the refund', fault, die: () => issueAndDie(ISSUING.lock, fault), end: settled(1_500, ['SUCCEEDED']) },
  {
    step: 'commit the settlement',
    fault,
    die: () => issueAndDie(ISSUING.commit, fault),
    end: settled(1_500, ['SUCCEEDED']),
  },
]);

test(
  'whatever step a process dies or waits at, the payment ends in a defined state and the money is exact',
  { timeout: 90_000 },
  async () => {
    const bookings: string[] = [];
    for (const { die } of CASES) bookings.push(await die());
    await openInstance();
    await eventually(async () => {
      const states = await Promise.all(bookings.map(stateOf));
      const name = (index: number): string => `${CASES[index]?.fault} at: ${CASES[index]?.step}`;
      expect(Object.fromEntries(states.map((state, index) => [name(index), state]))).toEqual(
        Object.fromEntries(CASES.map(({ end }, index) => [name(index), end])),
      );
    }, RECOVERY);
  },
);
