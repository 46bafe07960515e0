import { randomUUID } from 'node:crypto';
import { testDatabase } from '@marquee/testkit';
import { afterAll, expect, test } from 'vitest';

import { PaymentReviewRepository } from '../src/adapters/payment-reviews.ts';
import { PaymentSettlementRepository } from '../src/adapters/payment-settlement.ts';
import { ProviderBooksRepository } from '../src/adapters/provider-books.ts';
import { sandboxPayments } from '../src/adapters/sandbox/sandbox-payments.ts';
import { settlementTransactions } from '../src/adapters/settlement.ts';
import type { PaymentProvider, ProviderRefund } from '../src/domain/payment-provider.ts';
import { compareWithProvider } from '../src/use-cases/compare-with-provider.ts';
import { settleRefund } from '../src/use-cases/settle-refund.ts';
import { API_KEY, customer, eventually, openPayments, WEBHOOK_SECRET } from './harness.ts';
import { decideReview, key, pay, refund, reviewsOf, user } from './operations.ts';

const harness = await openPayments({ webhooks: false });
const { payments, database, sandbox, requestedBooking } = harness;
const agent = customer(undefined, ['payments:refund', 'payments:read']);
const provider = sandboxPayments({
  ...{ providerUrl: sandbox.url, providerApiKey: API_KEY, providerWebhookSecret: WEBHOOK_SECRET },
});
afterAll(() => provider.close());

/** Compares everything so far, as some minutes from now. */
async function compare(seenBy: Partial<PaymentProvider> = {}): Promise<void> {
  const now = (): Date => new Date(Date.now() + 180_000);
  await database.providerComparison.deleteMany();
  await compareWithProvider({
    provider: { ...provider, ...seenBy },
    books: new ProviderBooksRepository(database, 'sandbox'),
    reviews: new PaymentReviewRepository(database, 'sandbox', now),
    settlement: new PaymentSettlementRepository(database, now),
    inTransaction: settlementTransactions(database, now),
    now,
  });
}

/** Sends the provider a request behind our back. */
async function behindOurBack(path: string, body?: object): Promise<Record<string, unknown> & { id: string }> {
  const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
  const response = await fetch(`${sandbox.url}/v1/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { ...headers, 'idempotency-key': randomUUID() },
  });
  return (await response.json()) as { id: string };
}

const strayCharge = (reference: string, amount = 2_400) =>
  behindOurBack('charges', { amount, currency: 'EUR', source: 'tok_visa', reference });

async function paid(cardToken = 'tok_visa') {
  const booking = await requestedBooking();
  await pay(payments, booking.caller, booking.bookingId, { cardToken });
  return { ...booking, ...(await database.payment.findFirstOrThrow({ where: { bookingId: booking.bookingId } })) };
}

const openReviewOf = (subject: string) => database.paymentReview.findFirst({ where: { subject } });

test('what the provider has and we do not is found, once', async () => {
  const unknown = await strayCharge('pay_unknown');
  const { id } = await paid();
  const second = await strayCharge(id);
  const declined = await paid('tok_insufficient_funds');
  const wrong = await strayCharge(declined.id, 1);
  const stray = await behindOurBack(`charges/${second.id}/refunds`, { amount: 5, reference: 'rfd_unknown' });
  await compare();
  await compare();
  const found = await database.paymentReview.findMany({
    where: { subject: { in: [unknown.id, second.id, wrong.id, stray.id] } },
    orderBy: { kind: 'asc' },
  });
  expect(found.map(({ kind, subject, paymentId }) => [kind, subject, paymentId])).toEqual([
    ['UNKNOWN_CHARGE', unknown.id, null],
    ['DUPLICATE_CHARGE', second.id, id],
    ['AMOUNT_DIFFERS', wrong.id, declined.id],
    ['UNKNOWN_REFUND', stray.id, null],
  ]);
  expect(found[2]).toMatchObject({
    ours: { status: 'FAILED', amount: { amount: 2_400, currency: 'EUR' } },
    theirs: { status: 'SUCCEEDED', amount: { amount: 1, currency: 'EUR' } },
  });
});

test('what we have and the provider does not is found', async () => {
  const { id } = await paid();
  const { refund: made } = await refund(payments, agent, id, { amount: 100 });
  await eventually(async () =>
    expect(await database.refund.findUnique({ where: { id: made.id } })).toMatchObject({ status: 'SUCCEEDED' }),
  );
  const none = async function* (): AsyncGenerator<never> {};
  await compare({ charges: none, refunds: none, findCharge: async () => null, findRefund: async () => null });
  expect(await openReviewOf(id)).toMatchObject({ kind: 'MISSING_CHARGE', theirs: null });
  expect(await openReviewOf(made.id)).toMatchObject({ kind: 'MISSING_REFUND', theirs: null });
});

test('a charge whose report was lost is settled, not reviewed', async () => {
  const { id } = await paid('tok_insufficient_funds');
  const late = await strayCharge(id);
  await compare();
  expect(await openReviewOf(late.id)).toBeNull();
  expect(await database.journalEntry.findFirst({ where: { paymentId: id } })).toMatchObject({
    kind: 'UNAPPLIED_CAPTURE',
  });
});

test('of two decisions at once one counts, and its refund is made once and found to be right', async () => {
  const { id } = await paid();
  const second = await strayCharge(id);
  await compare();
  const review = await openReviewOf(second.id);
  const idempotencyKey = key();
  const others = [
    customer(undefined, ['payments:refund', 'payments:read']),
    customer(undefined, ['payments:refund', 'payments:read']),
  ];
  const answers = await Promise.all([
    decideReview(payments, agent, review?.id, { idempotencyKey }),
    ...others.map((other) => decideReview(payments, other, review?.id)),
  ]);
  const decided = answers.filter(({ __typename }) => __typename === 'DecidePaymentReviewPayload');
  expect(decided).toMatchObject([
    { review: { status: 'CLOSED', decisions: [{ outcome: 'REFUND', reason: 'Twice' }] } },
  ]);
  expect(answers.filter(({ __typename }) => __typename === 'PaymentReviewDecidedError')).toHaveLength(2);
  expect(await behindOurBack(`charges/${second.id}`)).toMatchObject({ refundedAmount: 2_400 });
  const before = await database.paymentReview.count();
  await compare();
  expect(await database.paymentReview.count()).toBe(before);
});

test('the reasons of decisions go with the customer’s account, and change in no other way', async () => {
  const { id, customerId } = await database.payment.findFirstOrThrow({
    where: {
      id: {
        in: (await database.paymentReview.findMany({ where: { status: 'CLOSED' } })).flatMap(
          (review) => review.paymentId ?? [],
        ),
      },
    },
  });
  const decisions = () => database.paymentReviewDecision.findMany({ where: { review: { paymentId: id } } });
  const before = await decisions();
  for (const change of ["reason = 'Another'", "reason = 'Erased', outcome = 'ACCEPT'", "decided_by = 'Erased'"]) {
    const rewrite = database.$executeRawUnsafe(`UPDATE payment_review_decisions SET ${change}`);
    await expect(rewrite).rejects.toThrow(/append-only/);
  }
  await harness.deliver('account.erased', { userId: customerId });
  expect(await decisions()).toEqual(before.map((decision) => ({ ...decision, reason: 'Erased' })));
});

test('control: of three decisions at once all count when a review stays open', async () => {
  const { subgraph: contested, database: client } = await harness.openInstance({
    databaseUrl: (await testDatabase('payments')).url,
    start: false,
  });
  await client.$executeRawUnsafe(`CREATE FUNCTION stay_open() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.status := OLD.status; RETURN NEW; END $$`);
  await client.$executeRawUnsafe(`
    CREATE TRIGGER stay_open BEFORE UPDATE ON payment_reviews FOR EACH ROW EXECUTE FUNCTION stay_open()`);
  const { id: chargeId } = await strayCharge('pay_of_another_shop');
  const id = `rvw_${randomUUID()}`;
  const theirs = { status: 'SUCCEEDED', amount: { amount: 2_400, currency: 'EUR' } };
  const found = { kind: 'UNKNOWN_CHARGE', provider: 'sandbox', subject: chargeId, chargeId, theirs } as const;
  await client.paymentReview.create({ data: { id, ...found, createdAt: new Date() } });
  const members = [1, 2, 3].map(() => customer(undefined, ['payments:refund', 'payments:read']));
  await Promise.all(members.map((each) => decideReview(contested, each, id, { outcome: 'ACCEPT' })));
  expect(await client.paymentReviewDecision.count({ where: { reviewId: id } })).toBe(3);
});

test('a refund that the bank returns after it was made is for staff to review', async () => {
  const { id, chargeId } = await paid();
  const { refund: made } = await refund(payments, agent, id, { amount: 100 });
  const refundOf = async () => database.refund.findUniqueOrThrow({ where: { id: made.id } });
  await eventually(async () => expect(await refundOf()).toMatchObject({ status: 'SUCCEEDED' }));
  const now = (): Date => new Date();
  const amount = { amount: 100, currency: 'EUR' };
  const report = (status: ProviderRefund['status']) =>
    settlementTransactions(
      database,
      now,
    )((tx) =>
      settleRefund(tx, provider, { id: 're_back', reference: made.id, chargeId: chargeId ?? '', amount, status }),
    );
  await report('SUCCEEDED');
  await report('PENDING');
  expect(await openReviewOf('re_back')).toBeNull();
  await report('FAILED');
  expect(await openReviewOf('re_back')).toMatchObject({ kind: 'REFUND_DIFFERS', refundId: made.id, status: 'OPEN' });
  expect(await refundOf()).toMatchObject({ status: 'SUCCEEDED' });
});

/** A payment of which the provider refuses a refund, and the review of that. */
async function unrefundable() {
  const payment = await paid();
  await behindOurBack(`charges/${payment.chargeId}/refunds`, { amount: 2_400, reference: `rfd_${randomUUID()}` });
  const { refund: refused } = await refund(payments, agent, payment.id, { amount: 900 });
  const review = await eventually(async () => {
    const found = await openReviewOf(refused.id);
    expect(found?.kind).toBe('REFUND_FAILED');
    return found;
  });
  const decideOnBooking = (outcome: 'REFUND' | 'CLOSE') =>
    harness.deliver('booking.review-decided', {
      ...{ bookingId: payment.bookingId ?? '', customerId: payment.customerId, previousStatus: 'NEEDS_REVIEW' },
      ...{ outcome, refundIds: [refused.id], decidedBy: agent.userId },
    });
  return { ...payment, refundId: refused.id, reviewId: review?.id, decideOnBooking };
}

const decisionsOn = (reviewId = '') =>
  database.paymentReview.findUnique({ where: { id: reviewId }, include: { decisions: true } });

test('a refund that the card does not take is told, and goes to the wallet once the booking is decided on', async () => {
  const { id, bookingId, customerId, caller, refundId, reviewId, decideOnBooking } = await unrefundable();
  const told = await database.outboxEvent.findMany({ where: { key: id, type: 'payment.refund-failed' } });
  const amount = { amount: 900, currency: 'EUR' };
  expect(told.map(({ payload }) => payload)).toEqual([{ refundId, paymentId: id, bookingId, customerId, amount }]);
  expect(await decideReview(payments, agent, reviewId)).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await refund(payments, agent, id)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.paymentId' });
  await decideOnBooking('REFUND');
  await decideOnBooking('REFUND');
  expect(await decisionsOn(reviewId)).toMatchObject({ status: 'CLOSED', decisions: [{ decidedBy: agent.userId }] });
  expect((await user(payments, caller)).wallet.balance).toEqual(amount);
});

test('a refund that the card did not take is not made when the booking was settled in another way', async () => {
  const { id, caller, reviewId, decideOnBooking } = await unrefundable();
  await decideOnBooking('CLOSE');
  await decideOnBooking('REFUND');
  expect(await refund(payments, agent, id, { amount: 1 })).toHaveProperty('refund');
  expect(await decisionsOn(reviewId)).toMatchObject({ status: 'CLOSED', decisions: [{ outcome: 'ACCEPT' }] });
  expect((await user(payments, caller)).wallet.balance).toMatchObject({ amount: 0 });
});

test('only support sees and decides reviews, and nobody those of their own payments', async () => {
  const { id, caller } = await paid();
  const second = await strayCharge(id);
  const unknown = await behindOurBack(`charges/${second.id}/refunds`, { amount: 5, reference: `rfd_${randomUUID()}` });
  await compare();
  const review = await openReviewOf(second.id);
  const listed = await reviewsOf(payments, agent, 'OPEN');
  expect(listed.edges.map(({ node }) => node.id)).toContain(review?.id);
  const own = customer(caller.userId, ['payments:refund', 'payments:read']);
  for (const mayNot of [caller, customer(undefined, ['bookings:read'])]) {
    expect(await reviewsOf(payments, mayNot, 'OPEN')).toMatchObject({ code: 'FORBIDDEN' });
    expect(await decideReview(payments, mayNot, review?.id)).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(await decideReview(payments, own, review?.id)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await decideReview(payments, agent, 'rvw_unknown')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await decideReview(payments, agent, (await openReviewOf(unknown.id))?.id)).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'input.outcome',
  });
  expect(await decideReview(payments, agent, review?.id, { outcome: 'ACCEPT' })).toMatchObject({
    review: { status: 'CLOSED', decisions: [{ decidedBy: { id: agent.userId } }] },
  });
});

test('a write-off makes our books equal the provider’s, once', async () => {
  const receivable = async (): Promise<bigint> => {
    const [row] = await database.$queryRaw<{ sum: bigint }[]>`
      SELECT sum(amount)::bigint FROM postings WHERE account_id = 'receivable:sandbox:EUR'`;
    return row?.sum ?? 0n;
  };
  const unknown = await strayCharge('pay_of_nobody', 700);
  await compare();
  const review = await openReviewOf(unknown.id);
  const before = await receivable();
  const answers = await Promise.all(
    [1, 2].map(() => decideReview(payments, agent, review?.id, { outcome: 'WRITE_OFF', reason: 'Untraceable' })),
  );
  expect(answers.filter(({ __typename }) => __typename === 'DecidePaymentReviewPayload')).toHaveLength(1);
  expect((await receivable()) - before).toBe(700n);
  const failed = await database.paymentReview.findFirst({ where: { kind: 'REFUND_FAILED' } });
  expect(await decideReview(payments, agent, failed?.id, { outcome: 'WRITE_OFF' })).toMatchObject({
    __typename: 'PaymentReviewDecidedError',
  });
});
