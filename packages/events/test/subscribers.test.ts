import { randomUUID } from 'node:crypto';
import { connect } from '@marquee/database';
import { eventually, testDatabase } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';

import { PrismaClient } from '../generated/client.ts';
import { unacknowledged } from '../src/acknowledgements.ts';
import { appendToOutbox } from '../src/index.ts';
import { recordSubscriber } from '../src/subscribers.ts';
import { outstanding, running } from './acknowledging.ts';
import { manySoldOut, openHarness, soldOut } from './harness.ts';

const INBOX = randomUUID();

test('a consumer with a new database gets every event of the outbox, and one that starts again gets none', async () => {
  const harness = await openHarness();
  const { relay, consumer } = await running(harness);
  await harness.emit(...manySoldOut(3));
  relay.kick();
  await eventually(async () => expect(await harness.effects()).toHaveLength(3));
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  await consumer.stop();

  const again = harness.consumer();
  again.start();
  await again.idle();
  await again.stop();
  expect(await harness.effects()).toHaveLength(3);

  const { url } = await testDatabase('notifications');
  const client = connect(PrismaClient, { url });
  onTestFinished(() => client.$disconnect());
  const heard = new Set<string>();
  const anew = harness.consumer({
    client,
    handlers: { 'sample.sold-out': async ({ key }) => void heard.add(key) },
  });
  anew.start();
  await eventually(() => expect([...heard].toSorted()).toEqual(['show-0', 'show-1', 'show-2']));
});

test('a consumer gets the earlier events of a type that it begins to handle', async () => {
  const harness = await openHarness();
  const { relay } = await running(harness);
  const other = harness.consumer({ name: 'search', handlers: { 'sample.paid': async () => undefined } });
  other.start();
  await eventually(async () => expect(await outstanding(harness, 'search')).toBe(0));
  await harness.emit(...manySoldOut(3));
  relay.kick();
  await eventually(async () => expect(await harness.effects()).toHaveLength(3));
  await other.stop();
  const heard = new Set<string>();
  harness.consumer({ name: 'search', handlers: { 'sample.sold-out': async ({ key }) => void heard.add(key) } }).start();
  await eventually(() => expect(heard.size).toBe(3));
});

test('an event that is published while a consumer introduces itself is expected of it', async () => {
  const harness = await openHarness();
  const relay = harness.relay();
  for (let round = 1; round <= 12; round += 1) {
    await harness.emit(...manySoldOut(10, `round-${round}`));
    const consumer = `consumer-${round}`;
    const subscriber = { consumer, inbox: INBOX, generation: 1, types: ['sample.sold-out'] };
    await Promise.all([relay.drain(), recordSubscriber(harness.client, subscriber, 60_000)]);
    expect(await outstanding(harness, consumer)).toBe(10 * round);
  }
});

test('the version of a consumer that started last decides what is expected of it', async () => {
  const harness = await openHarness();
  const { client } = harness;
  await harness.emit(...manySoldOut(3));
  await harness.relay().drain();
  const introduce = (generation: number, ...types: string[]): Promise<void> =>
    recordSubscriber(client, { consumer: 'catalog', inbox: INBOX, generation, types }, 60_000);
  await introduce(1, 'sample.paid');
  expect(await outstanding(harness)).toBe(0);
  await introduce(2, 'sample.paid', 'sample.sold-out');
  expect(await outstanding(harness)).toBe(3);
  await introduce(1, 'sample.paid');
  expect(await outstanding(harness)).toBe(3);
  await introduce(3, 'sample.paid');
  expect(await outstanding(harness)).toBe(0);
});

test('a domain with a new database delivers to the consumers that are there', async () => {
  const harness = await openHarness();
  const { relay: former } = await running(harness);
  // The receipts of a domain are for one database.
  await former.stop();
  const { url } = await testDatabase('notifications');
  const client = connect(PrismaClient, { url });
  onTestFinished(() => client.$disconnect());
  await appendToOutbox(client, [soldOut('anew')]);
  harness.relay({ client }).start();
  await eventually(async () => expect(await harness.effects()).toEqual(['anew']));
  await eventually(async () =>
    expect(await unacknowledged(client)).toEqual([{ consumer: 'catalog', events: 0, oldest: null }]),
  );
});
