import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { deliverAgain, unreceivedEvents } from '../src/index.ts';
import { outstanding } from './acknowledging.ts';
import { manySoldOut, openHarness, soldOut } from './harness.ts';

test('effects that a restored database lost are found, and come about again', async () => {
  const harness = await openHarness();
  const { client } = harness;
  const missing = () => unreceivedEvents('sample', client, () => client);
  const relay = harness.relay();
  relay.start();
  harness.consumer().start();
  await eventually(() => client.$queryRaw`SELECT 1 / count(*) FROM event_subscribers`);
  await harness.emit(...manySoldOut(3));
  relay.kick();
  await eventually(async () => expect(await harness.effects()).toHaveLength(3));
  // A receipt that is read later would acknowledge the second delivery.
  await relay.drain();
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  expect(await missing()).toEqual([]);
  await eventually(async () => expect(await outstanding(harness)).toBe(0));

  await client.$executeRaw`DELETE FROM inbox_events WHERE event_id::text IN (SELECT event_id FROM effects WHERE key <> 'show-1')`;
  await client.$executeRaw`DELETE FROM effects WHERE key <> 'show-1'`;
  const lost = await missing();
  expect(lost).toMatchObject([
    { domain: 'sample', consumer: 'catalog', type: 'sample.sold-out', key: 'show-0' },
    { key: 'show-2' },
  ]);
  await deliverAgain(client, lost);
  await eventually(async () => expect((await harness.effects()).toSorted()).toEqual(['show-0', 'show-1', 'show-2']));
  expect(await missing()).toEqual([]);
});

test('an event is missing until its effect is committed, whether it is published or not', async () => {
  const harness = await openHarness();
  const { client } = harness;
  await client.$executeRaw`INSERT INTO event_subscribers VALUES ('catalog', gen_random_uuid(), 1, '{sample.sold-out}')`;
  await harness.emit(soldOut('unpublished'));
  expect(await unreceivedEvents('sample', client, () => client)).toMatchObject([{ key: 'unpublished' }]);
  expect(await unreceivedEvents('sample', client, () => undefined)).toMatchObject([{ key: 'unpublished' }]);
});
