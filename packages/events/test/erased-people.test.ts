import { eventually } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { type ConsumerOptions, rememberErased, requestReplay } from '../src/index.ts';
import { openHarness, recordEffect, soldOut } from './harness.ts';

/** A consumer that forgets the effects on a person, whose show is named like them. */
const erasing: Partial<ConsumerOptions> = {
  erasedPeople: {
    idsIn: ({ payload }) => [(payload as { showId: string }).showId],
    erasedBy: ({ payload }) => ((payload as { showId: string }).showId === 'erasure of gone' ? ['gone'] : []),
    erase: async (id, tx) => void (await tx.$executeRaw`DELETE FROM effects WHERE show_id = ${id}`),
  },
};

test('an event that names an erased person is handled, and leaves nothing of them', async () => {
  const harness = await openHarness();
  await harness.client.$sqlTransaction((tx) => rememberErased(tx, 'gone'));
  const consumer = harness.consumer(erasing);
  consumer.start();
  await harness.emit(soldOut('gone'), soldOut('here'));
  await harness.relay().drain();
  await consumer.idle();
  expect(await harness.effects()).toEqual(['here']);
  const inbox = await harness.client.$queryRaw<unknown[]>`SELECT FROM inbox_events WHERE consumer = 'catalog'`;
  expect(inbox).toHaveLength(2);
});

test('an event that names somebody leaves nothing of them where its batch has their erasure too', async () => {
  const harness = await openHarness();
  const consumer = harness.consumer(erasing);
  await harness.emit(soldOut('erasure of gone'), soldOut('gone'), soldOut('here'));
  await harness.relay().drain();
  consumer.start();
  await consumer.idle();
  expect(await harness.effects()).toEqual(expect.arrayContaining(['erasure of gone', 'here']));
  expect(await harness.effects()).not.toContain('gone');
});

test('neither does a dead letter of before that succeeds after the erasure', async () => {
  const harness = await openHarness();
  let isMended = false;
  const handle: typeof recordEffect = (event, tx) => {
    if (!isMended) throw new Error('not yet');
    return recordEffect(event, tx);
  };
  const consumer = harness.consumer({ ...erasing, handlers: { 'sample.sold-out': handle } });
  consumer.start();
  await harness.emit(soldOut('gone'));
  await harness.relay().drain();
  await eventually(async () => expect(await harness.deadLetters()).toHaveLength(1));
  await harness.client.$sqlTransaction((tx) => rememberErased(tx, 'gone'));
  isMended = true;
  await requestReplay(harness.client, 'catalog');
  await eventually(async () => expect(await harness.deadLetters()).toEqual([]));
  expect(await harness.effects()).toEqual([]);
});
