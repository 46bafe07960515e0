import { createHmac, randomUUID } from 'node:crypto';
import { newId } from '@marquee/subgraph';
import fc from 'fast-check';
import fastify from 'fastify';
import { expect, test } from 'vitest';

import { auditLedger } from '../src/adapters/ledger-audit.ts';
import { replayFailedWebhooks, replayWebhooks, unhandledWebhooks } from '../src/adapters/webhook-replay.ts';
import { pay } from './operations.ts';
import { API_KEY, openPayments, WEBHOOK_SECRET, eventually } from './harness.ts';

const harness = await openPayments();
const { payments, database, sandbox, requestedBooking, webhookUrl, openInstance, withholdWebhooks } = harness;

interface Signing {
  readonly secret?: string;
  readonly at?: Date;
  readonly signature?: string;
}

function signed(payload: object, { secret = WEBHOOK_SECRET, at = new Date(), signature }: Signing = {}) {
  const body = JSON.stringify(payload);
  const t = Math.floor(at.getTime() / 1000);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return { body, headers: { 'content-type': 'application/json', 'marquee-signature': signature ?? `t=${t},v1=${v1}` } };
}

/** Posts a webhook. @returns the HTTP status */
const post = async (payload: object, signing?: Signing): Promise<number> =>
  (await fetch(webhookUrl, { method: 'POST', ...signed(payload, signing) })).status;

/** A payment that requires action, and the webhook that would settle it. */
async function pendingPayment(status = 'succeeded') {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  const row = await database.payment.findUniqueOrThrow({ where: { id: payment.id } });
  const charge = {
    ...{ id: row.chargeId, reference: payment.id, status, amount: 2_400, currency: 'EUR' },
    ...{ refundedAmount: 0, declineCode: null, actionUrl: null, createdAt: new Date().toISOString() },
  };
  const event = (more: object = {}) => ({
    id: `evt_${randomUUID()}`,
    type: `charge.${status}`,
    data: { charge: { ...charge, ...more } },
  });
  return { payment, event };
}

const statusOf = async (id: string): Promise<string> =>
  (await database.payment.findUniqueOrThrow({ where: { id } })).status;
const entriesOf = (paymentId: string) => database.journalEntry.count({ where: { paymentId } });

test('a forged, altered, unsigned or stale webhook is rejected and changes nothing', async () => {
  const { payment, event } = await pendingPayment();
  const old = new Date(Date.now() - 330_000);
  const early = new Date(Date.now() + 330_000);
  const forgeries: Signing[] = [
    { secret: 'whsec_wrong' },
    { signature: '' },
    { signature: 't=1,v1=' },
    { signature: `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` },
    { at: old },
    { at: early },
  ];
  for (const forgery of forgeries) expect(await post(event(), forgery)).toBe(400);
  expect(await statusOf(payment.id)).toBe('REQUIRES_ACTION');
  expect(await database.providerEvent.count({ where: { type: 'charge.succeeded' } })).toBe(0);
});

test('a webhook settles the payout that it reports', async () => {
  const id = newId('pyo');
  const payout = {
    organisationId: 'org_1',
    amount: 1_000,
    currency: 'EUR',
    status: 'PENDING',
    provider: 'sandbox',
  } as const;
  await database.payout.create({ data: { id, ...payout, createdAt: new Date() } });
  const reported = { id: 'po_1', reference: id, amount: 1_000, currency: 'EUR', status: 'paid', failureCode: null };
  const data = { payout: { ...reported, arrivesAt: new Date().toISOString() } };
  expect(await post({ id: `evt_${randomUUID()}`, type: 'payout.paid', data })).toBe(200);
  expect(await database.payout.findUnique({ where: { id } })).toMatchObject({ status: 'PAID', providerRef: 'po_1' });
});

test('a webhook delivered many times, even concurrently, settles its payment once', async () => {
  const { payment, event } = await pendingPayment();
  const same = event();
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(same)));
  expect(answers).toEqual(Array.from({ length: 10 }, () => 200));
  expect(await post(event())).toBe(200);
  expect(await statusOf(payment.id)).toBe('SUCCEEDED');
  expect(await entriesOf(payment.id)).toBe(1);
  expect(await database.outboxEvent.count({ where: { key: payment.id, type: 'payment.succeeded' } })).toBe(1);
  expect(await database.providerEvent.count({ where: { eventId: same.id } })).toBe(1);
});

test('out-of-order webhooks do not undo a payment', async () => {
  const { payment, event } = await pendingPayment();
  await post(event());
  for (const status of ['requires_action', 'processing', 'failed', 'canceled']) {
    expect(await post(event({ status, declineCode: null }))).toBe(200);
  }
  expect(await statusOf(payment.id)).toBe('SUCCEEDED');
  expect(await entriesOf(payment.id)).toBe(1);
});

const storedEvent = (eventId: string) =>
  database.providerEvent.findUniqueOrThrow({ where: { provider_eventId: { provider: 'sandbox', eventId } } });

test('a webhook with a mismatched charge settles nothing, and stays in the inbox', async () => {
  const { payment, event } = await pendingPayment();
  const wrong = event({ amount: 1 });
  expect(await post(wrong)).toBe(200);
  expect(await statusOf(payment.id)).toBe('REQUIRES_ACTION');
  expect(await storedEvent(wrong.id)).toMatchObject({
    handledAt: null,
    attempts: 1,
    lastError: expect.stringContaining('is not the charge of payment'),
  });
  expect((await unhandledWebhooks(database)).map(({ id }) => id)).toContain(wrong.id);
});

test('a webhook that cannot be handled is kept, and settles its payment later', async () => {
  const { payment, event } = await pendingPayment();
  await database.$executeRawUnsafe(`
    CREATE FUNCTION refuse_settling() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$;`);
  await database.$executeRawUnsafe(`
    CREATE TRIGGER refuse_settling BEFORE UPDATE OF status ON payments
    FOR EACH ROW WHEN (NEW.id = '${payment.id}') EXECUTE FUNCTION refuse_settling();`);
  const kept = event();
  expect(await post(kept)).toBe(200);
  expect(await storedEvent(kept.id)).toMatchObject({ handledAt: null, attempts: 1 });
  await database.$executeRawUnsafe('DROP TRIGGER refuse_settling ON payments');
  expect(await replayFailedWebhooks(database)).toBeGreaterThan(0);
  await eventually(async () => expect(await statusOf(payment.id)).toBe('SUCCEEDED'));
  await eventually(async () => expect((await storedEvent(kept.id)).handledAt).not.toBeNull());
});

test('a handled webhook that is replayed changes nothing', async () => {
  const { payment, event } = await pendingPayment();
  const handled = event();
  await post(handled);
  expect(await replayWebhooks(database, [handled.id, 'evt_unknown'])).toBe(1);
  await eventually(async () => expect((await storedEvent(handled.id)).handledAt).not.toBeNull());
  expect(await entriesOf(payment.id)).toBe(1);
});

test('the events of a charge end in the same state in any order and however often they come', async () => {
  const statuses = ['requires_action', 'processing', 'succeeded'];
  const order = fc.shuffledSubarray([...statuses, ...statuses], { minLength: 3 });
  await fc.assert(
    fc.asyncProperty(order, async (sequence) => {
      const { payment, event } = await pendingPayment();
      await Promise.all(sequence.map((status) => post(event({ status }))));
      await post(event());
      expect(await statusOf(payment.id)).toBe('SUCCEEDED');
      expect(await entriesOf(payment.id)).toBe(1);
      expect(await database.outboxEvent.count({ where: { key: payment.id, type: 'payment.succeeded' } })).toBe(1);
    }),
    { numRuns: 6 },
  );
});

test('a sale by card takes payments two statements, three right after its booking, and its webhook one', async () => {
  const { subgraph, statements } = await openInstance({ start: false });
  const routes = fastify();
  subgraph.routes?.(routes);
  const { caller, bookingId } = await requestedBooking();
  const paySettled = (by: typeof caller, id: string) => withholdWebhooks(() => pay(subgraph, by, id));
  const paying = await statements.during(() => paySettled(caller, bookingId));
  // All bookings that were made just now are looked for together.
  expect(paying.map(firstWords)).toEqual(['SELECT id,', 'WITH ordered', 'WITH changed']);
  const former = await requestedBooking({ bookingId: 'lon_bkg_long_ago' });
  const later = await statements.during(() => paySettled(former.caller, former.bookingId));
  expect(later.map(firstWords)).toEqual(['WITH ordered', 'WITH changed']);
  const { id, chargeId } = await database.payment.findFirstOrThrow({ where: { bookingId } });
  const charge = { reference: id, status: 'succeeded', amount: 2_400, currency: 'EUR', declineCode: null };
  const event = {
    id: `evt_${randomUUID()}`,
    type: 'charge.succeeded',
    data: { charge: { ...charge, id: chargeId, actionUrl: null } },
  };
  const { body: payload, headers } = signed(event);
  const receiving = await statements.during(() =>
    routes.inject({ method: 'POST', url: '/webhooks/payments/sandbox', payload, headers }),
  );
  expect(receiving.map(firstWords)).toEqual(['INSERT INTO']);
  expect((await storedEvent(event.id)).handledAt).not.toBeNull();
});

const firstWords = (statement: string): string => statement.trim().split(/\s+/).slice(0, 2).join(' ');

test('a webhook about an unknown charge is accepted without effect', async () => {
  const { event } = await pendingPayment();
  expect(await post(event({ reference: 'pay_nobody' }))).toBe(200);
  expect(await post({ id: `evt_${randomUUID()}`, type: 'payout.paid', data: {} })).toBe(200);
  expect(await post({ id: 7 })).toBe(400);
});

test('a charge that succeeds after its payment failed is captured apart and refunded', async () => {
  const { caller, bookingId } = await requestedBooking();
  await pay(payments, caller, bookingId, { cardToken: 'tok_insufficient_funds' });
  const { id: reference } = await database.payment.findFirstOrThrow({ where: { bookingId } });
  const late = await fetch(`${sandbox.url}/v1/charges`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${API_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ amount: 2_400, currency: 'EUR', source: 'tok_visa', reference }),
  });
  const { id: chargeId } = (await late.json()) as { id: string };
  await eventually(async () => {
    const refund = await database.refund.findFirst({ where: { paymentId: reference } });
    expect(refund?.status).toBe('SUCCEEDED');
  });
  const found = await fetch(`${sandbox.url}/v1/charges/${chargeId}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  expect(await found.json()).toMatchObject({ refundedAmount: 2_400 });
  expect(await statusOf(reference)).toBe('FAILED');
  const entries = await database.journalEntry.findMany({ where: { paymentId: reference }, orderBy: { id: 'asc' } });
  expect(entries.map(({ kind }) => kind)).toEqual(['UNAPPLIED_CAPTURE', 'UNAPPLIED_REFUND']);
  const [unapplied] = await database.$queryRaw<{ total: bigint }[]>`
    SELECT sum(amount)::bigint AS total FROM postings WHERE account_id = 'unapplied:EUR'`;
  expect(unapplied?.total).toBe(0n);
});

/** A paid booking of 24.00 EUR with Marquee's coupon of 4.00, and reports of a dispute of it. */
async function disputedBooking() {
  const [showId, coupon] = [newId('shw'), { amount: 400, fundedBy: 'MARKETPLACE' as const }];
  const show = { organisationId: newId('org'), country: 'NL', showVersion: 0 };
  const times = { startsAt: '2027-01-01T19:00:00.000Z', endsAt: '2027-01-01T21:00:00.000Z' };
  const sale = { ...show, ...times, subtotal: 2_600, fees: 150, tax: 50, discount: 400, coupon };
  const { caller, bookingId } = await requestedBooking({ sale, showId });
  const { payment } = await pay(payments, caller, bookingId);
  const { chargeId } = await database.payment.findUniqueOrThrow({ where: { id: payment.id } });
  const id = `dp_${randomUUID()}`;
  const report = (status: 'open' | 'won' | 'lost') => {
    const dispute = { id, chargeId, amount: 2_400, currency: 'EUR', fee: 2_000, reason: 'fraudulent', status };
    return post({ id: `evt_${randomUUID()}`, type: `dispute.${status}`, data: { dispute } });
  };
  const state = async () => {
    const [row] = await database.$queryRaw<object[]>`
      SELECT (SELECT refunded_amount::int FROM payments WHERE id = ${payment.id}) AS refunded,
        (SELECT status::text FROM payment_disputes WHERE provider_ref = ${id}) AS status,
        (SELECT -sum(amount)::int FROM ledger_balances WHERE account_id = ${`pending:${showId}:EUR`}) AS venue,
        (SELECT coalesce(sum(amount), 0)::int FROM ledger_balances WHERE account_id = 'disputed:sandbox:EUR') AS withheld`;
    return row;
  };
  const told = async () => {
    const rows = await database.outboxEvent.findMany({ where: { key: payment.id }, orderBy: { seq: 'asc' } });
    return rows.map(({ type }) => type).filter((type) => type.includes('dispute'));
  };
  return { report, state, told, payment, bookingId, caller };
}

/** Faults of the books, but for the payout that another test makes without an entry. */
const faults = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const fault of auditLedger(database)) found.push(fault);
  return found.filter((fault) => !fault.includes('in transit'));
};

test('a dispute withholds the payment, and a lost one takes it back from everybody who had a part of it, once', async () => {
  const { report, state, told } = await disputedBooking();
  expect([await report('open'), await report('open')]).toEqual([200, 200]);
  await eventually(async () =>
    expect(await state()).toEqual({ refunded: 2_400, status: 'OPEN', venue: 2_600, withheld: 2_400 }),
  );
  await Promise.all([report('lost'), report('lost')]);
  await eventually(async () =>
    expect(await state()).toEqual({ refunded: 2_400, status: 'LOST', venue: 0, withheld: 0 }),
  );
  await report('open');
  expect(await told()).toEqual(['payment.disputed', 'payment.dispute-closed']);
  expect(await faults()).toEqual([]);
});

test('a won dispute gives the payment back, also when only its end is reported; what is asked meanwhile is for staff', async () => {
  const { report, state, told, payment, bookingId, caller } = await disputedBooking();
  await report('open');
  await eventually(async () => expect(await state()).toMatchObject({ status: 'OPEN' }));
  await harness.deliver('booking.refund-required', {
    ...{ bookingId, customerId: caller.userId, paymentId: payment.id, parts: null, refundTo: 'SOURCE' },
    ...{ amount: { amount: 2_400, currency: 'EUR' }, reason: 'The customer cancelled.' },
  });
  // No refund was made.
  const reviews = await database.paymentReview.findMany({ where: { paymentId: payment.id } });
  expect(reviews).toMatchObject([{ kind: 'REFUND_EXCEEDS_PAYMENT', refundId: null }]);
  await report('won');
  await eventually(async () =>
    expect(await state()).toEqual({ refunded: 0, status: 'WON', venue: 2_600, withheld: 0 }),
  );
  const other = await disputedBooking();
  await other.report('won');
  await eventually(async () => expect(await other.state()).toMatchObject({ status: 'WON', refunded: 0 }));
  const both = ['payment.disputed', 'payment.dispute-closed'];
  expect([await told(), await other.told()]).toEqual([both, both]);
  expect(await faults()).toEqual([]);
});
