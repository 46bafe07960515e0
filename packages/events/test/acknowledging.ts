import { eventually } from '@marquee/testkit';
import { expect } from 'vitest';

import { unacknowledged } from '../src/acknowledgements.ts';
import type { Consumer, Relay, RelayOptions } from '../src/index.ts';
import { outboxBacklog } from '../src/outbox-rows.ts';
import type { Harness } from './harness.ts';

/**
 * The events that a consumer has not acknowledged, and those that are not marked as published yet, although it may have
 * them; undefined when the domain does not know it.
 */
export async function outstanding({ client }: Harness, consumer = 'catalog'): Promise<number | undefined> {
  const unpublished = (await outboxBacklog(client)).events;
  const known = (await unacknowledged(client)).find((each) => each.consumer === consumer);
  return known && known.events + unpublished;
}

/** A relay and a consumer that know each other. */
export async function running(
  harness: Harness,
  options: Partial<RelayOptions> = {},
): Promise<{ relay: Relay; consumer: Consumer }> {
  const relay = harness.relay(options);
  const consumer = harness.consumer();
  relay.start();
  consumer.start();
  await eventually(async () => expect(await outstanding(harness)).toBe(0));
  return { relay, consumer };
}
