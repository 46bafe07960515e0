import { newId } from '@marquee/subgraph/ids';
import { expect, test } from 'vitest';

import { SavedCardRepository } from '../src/adapters/saved-cards.ts';
import type { Mandate } from '../src/domain/billing/mandate.ts';
import { billed, subscribe } from './billing-operations.ts';
import { openBillingWorld } from './billing-world.ts';
import { customer, eventually } from './harness.ts';
import { saveCard } from './operations.ts';

const world = await openBillingWorld();
const { payments, database, deps, bill } = world;

test('a card that is saved as the default during dunning pays the renewal, and each one after it', async () => {
  const member = customer();
  const customerId = member.userId;
  const of = async () => (await billed(payments, customer(customerId), customerId)).membership;
  await subscribe(payments, member, (await world.plan()).id, { payWith: { cardToken: 'tok_renewal_fails' } });
  await bill(31);
  expect(await of()).toMatchObject({ status: 'PAST_DUE' });
  await saveCard(payments, customer(customerId), 'tok_visa', true);
  await bill(1);
  expect(await of()).toMatchObject({ status: 'ACTIVE', graceEndsAt: null });
  await bill(31);
  expect(await of()).toMatchObject({ status: 'ACTIVE', graceEndsAt: null });
  const made = await database.payment.findMany({ where: { customerId }, orderBy: { id: 'asc' } });
  expect(made.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'SUCCEEDED', 'SUCCEEDED']);
});

/** Has a mandate charge another card, in a transaction that does something else before it ends. */
type KeepCard = (mandate: Mandate, cardId: string, meanwhile: () => Promise<void>) => Promise<void>;

async function lockIsAwaited(): Promise<void> {
  await eventually(async () => {
    const waiting = await database.$queryRaw<unknown[]>`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect(waiting).not.toEqual([]);
  });
}

/** The card that pays a renewal is removed while the renewal settles. @returns whether its mandate has a card then */
async function removeWhileKept(keep: KeepCard): Promise<boolean> {
  const member = customer();
  const { membership } = await subscribe(payments, member, (await world.plan()).id);
  const { paymentMethod } = await saveCard(payments, member, 'tok_visa');
  const mandate = (await deps.mandates.find(membership.id)) as Mandate;
  let removal: Promise<unknown> = Promise.resolve();
  await keep(mandate, paymentMethod.id, async () => {
    removal = new SavedCardRepository(database).remove(paymentMethod.id, member.userId, new Date());
    await Promise.race([removal, lockIsAwaited()]);
  });
  expect(await removal).toBe('REMOVED');
  const { paymentMethodId } = await database.mandate.findUniqueOrThrow({ where: { id: mandate.id } });
  return (await database.paymentMethod.count({ where: { id: paymentMethodId ?? '' } })) === 1;
}

test('a mandate that keeps a card while it is removed charges another', async () => {
  const keep: KeepCard = (mandate, cardId, meanwhile) =>
    deps.inBilling(async (writes) => {
      await writes.keepCard(mandate, cardId);
      await meanwhile();
    });
  expect(await removeWhileKept(keep)).toBe(true);
});

test('control: without the lock on the card it charges one that is gone', async () => {
  const keep: KeepCard = ({ id }, paymentMethodId, meanwhile) =>
    database.$transaction(async (tx) => {
      await tx.mandate.update({ where: { id }, data: { paymentMethodId } });
      await meanwhile();
    });
  expect(await removeWhileKept(keep)).toBe(false);
});

test('a mandate keeps no card that is gone, nor that of somebody else', async () => {
  const member = customer();
  const { membership } = await subscribe(payments, member, (await world.plan()).id);
  const { paymentMethod } = await saveCard(payments, customer(), 'tok_visa');
  const mandate = (await deps.mandates.find(membership.id)) as Mandate;
  for (const cardId of [newId('pmt'), paymentMethod.id]) {
    await deps.inBilling((writes) => writes.keepCard(mandate, cardId));
    expect(await deps.mandates.find(membership.id)).toMatchObject({ paymentMethodId: mandate.paymentMethodId });
  }
});
