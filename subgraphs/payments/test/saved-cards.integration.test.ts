import { withConnection } from '@marquee/database';
import { newId } from '@marquee/subgraph/ids';
import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { SavedCardRepository } from '../src/adapters/saved-cards.ts';
import { createRecurring } from './billing-operations.ts';
import { customer, eventually, openPayments, API_KEY } from './harness.ts';
import { pay, removeCard, saveCard, setDefaultCard, topUp, user } from './operations.ts';

const harness = await openPayments();
const { payments, database, requestedBooking, sandbox } = harness;
const anonymous = { kind: 'anonymous' } as const;

/** Saves cards one after another. @returns their ids */
async function saveCards(caller: ReturnType<typeof customer>, ...tokens: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const token of tokens) ids.push((await saveCard(payments, caller, token)).paymentMethod.id);
  return ids;
}

const cardsOf = async (caller: ReturnType<typeof customer>) => (await user(payments, caller)).paymentMethods;

test('the first saved card is the default, another can replace it, and each can pay', async () => {
  const { caller, bookingId } = await requestedBooking();
  const first = await saveCard(payments, caller, 'tok_visa');
  expect(first.paymentMethod).toMatchObject({ brand: 'visa', last4: '4242', default: true, expiryMonth: 12 });
  const second = await saveCard(payments, caller, 'tok_renewal_fails');
  expect(second.paymentMethod.default).toBe(false);
  const third = await saveCard(payments, caller, 'tok_requires_action', true);
  const { paymentMethods } = await user(payments, caller);
  expect(paymentMethods.map(({ id }) => id)).toEqual(
    [third, second, first].map(({ paymentMethod }) => paymentMethod.id),
  );
  expect(paymentMethods.map((card) => card.default)).toEqual([true, false, false]);
  const renewing = { paymentMethodId: second.paymentMethod.id };
  expect((await pay(payments, caller, bookingId, renewing)).payment.status).toBe('SUCCEEDED');
  const later = await topUp(payments, caller, 100, { payWith: renewing });
  expect(later).toMatchObject({ __typename: 'PaymentDeclinedError', declineCode: 'card_declined' });
});

test('cards saved concurrently leave one default', async () => {
  const caller = customer();
  const saved = await Promise.all(Array.from({ length: 6 }, () => saveCard(payments, caller, 'tok_visa', true)));
  expect(new Set(saved.map(({ paymentMethod }) => paymentMethod.id)).size).toBe(6);
  expect(await database.paymentMethod.count({ where: { customerId: caller.userId, isDefault: true } })).toBe(1);
});

test('a card that the provider refuses is not saved', async () => {
  const caller = customer();
  const refused = await saveCard(payments, caller, 'tok_nobody');
  expect(refused).toMatchObject({ __typename: 'CardRejectedError', declineCode: 'invalid_card' });
  expect(await saveCard(payments, caller, '4242424242424242')).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test("another customer's saved card is NOT_FOUND", async () => {
  const owner = customer();
  const { paymentMethod } = await saveCard(payments, owner, 'tok_visa');
  const { caller, bookingId } = await requestedBooking();
  const stolen = { paymentMethodId: paymentMethod.id };
  expect(await pay(payments, caller, bookingId, stolen)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await topUp(payments, caller, 100, { payWith: stolen })).toMatchObject({ code: 'NOT_FOUND' });
});

test('a card is made the default, and a repeat changes nothing', async () => {
  const caller = customer();
  const [first, second] = (await saveCards(caller, 'tok_visa', 'tok_visa')) as [string, string];
  for (const _ of [1, 2]) {
    expect(await setDefaultCard(payments, caller, second)).toMatchObject({
      paymentMethod: { id: second, default: true },
    });
  }
  expect(await cardsOf(caller)).toMatchObject([
    { id: second, default: true },
    { id: first, default: false },
  ]);
});

test('a removed card is gone here and at the provider, and the newest other one becomes the default', async () => {
  const caller = customer();
  const ids = (await saveCards(caller, 'tok_visa', 'tok_visa', 'tok_visa')) as [string, string, string];
  const { providerRef } = await database.paymentMethod.findUniqueOrThrow({ where: { id: ids[0] } });
  expect(await removeCard(payments, caller, ids[0])).toMatchObject({ removedPaymentMethodId: ids[0] });
  expect(await removeCard(payments, caller, ids[0])).toMatchObject({ code: 'NOT_FOUND' });
  expect(await cardsOf(caller)).toMatchObject([{ id: ids[2], default: true }, { id: ids[1] }]);
  expect(await topUp(payments, caller, 100, { payWith: { paymentMethodId: ids[0] } })).toMatchObject({
    code: 'NOT_FOUND',
  });
  // Removes what is due as soon as it starts.
  await harness.openInstance();
  await eventually(async () => expect(await database.cardRemoval.count({ where: { providerRef } })).toBe(0));
  const again = await fetch(`${sandbox.url}/v1/payment_methods/${providerRef}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  expect(again.status).toBe(404);
});

test('a card that a recurring payment charges is removed only when another can take its place', async () => {
  const caller = customer();
  const [card] = (await saveCards(caller, 'tok_visa')) as [string];
  const created = await createRecurring(payments, caller, { with: { paymentMethodId: card } });
  expect(created.__typename).toBe('CreateRecurringPaymentPayload');
  expect((await removeCard(payments, caller, card)).__typename).toBe('PaymentMethodInUseError');
  const [expired] = (await saveCards(caller, 'tok_expired')) as [string];
  expect((await removeCard(payments, caller, card)).__typename).toBe('PaymentMethodInUseError');
  const [other] = (await saveCards(caller, 'tok_visa')) as [string];
  expect(await removeCard(payments, caller, card)).toMatchObject({ removedPaymentMethodId: card });
  const mandate = await database.mandate.findFirstOrThrow({ where: { customerId: caller.userId } });
  expect(mandate.paymentMethodId).toBe(other);
  expect(await removeCard(payments, caller, expired)).toMatchObject({ removedPaymentMethodId: expired });
});

test('an expired card says so, cannot become the default, and is declined with what to do', async () => {
  const { caller, bookingId } = await requestedBooking();
  const [, expired] = (await saveCards(caller, 'tok_visa', 'tok_expired')) as [string, string];
  expect((await cardsOf(caller)).map((card) => card.expired)).toEqual([false, true]);
  expect((await setDefaultCard(payments, caller, expired)).__typename).toBe('CardExpiredError');
  const declined = await pay(payments, caller, bookingId, { paymentMethodId: expired });
  expect(declined).toMatchObject({ declineCode: 'expired_card', message: 'The card has expired. Use another card.' });
});

test("nobody changes another customer's cards, and theirs stay as they are", async () => {
  const owner = customer();
  const [, second] = (await saveCards(owner, 'tok_visa', 'tok_visa')) as [string, string];
  const before = await cardsOf(owner);
  for (const change of [setDefaultCard, removeCard]) {
    expect(await change(payments, customer(), second)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await change(payments, customer(), '\u0001')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await change(payments, anonymous, second)).toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  expect(await cardsOf(owner)).toEqual(before);
});

/** Has customers remove their only card while they save another. @returns how many have a card and no default then */
async function removeWhileSaving(client: typeof database): Promise<number> {
  const cards = new SavedCardRepository(client);
  const card = (customerId: string) => {
    const id = newId('pmt');
    const details = { brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2034 };
    return { ...details, id, customerId, provider: 'sandbox', providerRef: id, createdAt: new Date() };
  };
  const owners = Array.from({ length: 20 }, () => newId('usr'));
  const saved = await Promise.all(owners.map((owner) => cards.add(card(owner), false)));
  await Promise.all(
    saved.flatMap(({ id, customerId }) => [
      cards.add(card(customerId), false),
      cards.remove(id, customerId, new Date()),
    ]),
  );
  const left = await cards.ofCustomers(owners);
  expect(left).toHaveLength(owners.length);
  return left.filter(({ isDefault }) => !isDefault).length;
}

test('a customer who saves a card while removing the default one has a default', async () => {
  expect(await removeWhileSaving(database)).toBe(0);
});

test('control: without the lock some are left without a default', async () => {
  const { url: databaseUrl } = await testDatabase('payments');
  await withConnection(databaseUrl, async (connection) => {
    await connection.query(`CREATE SCHEMA unlocked;
      CREATE FUNCTION unlocked.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(0.01)';
      DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET search_path = unlocked, pg_catalog, public', current_database());
      END $$`);
  });
  const { database: unlocked } = await harness.openInstance({ databaseUrl, start: false });
  expect(await removeWhileSaving(unlocked)).toBeGreaterThan(0);
});
