import { eventCatalogue, eventMaker, id, money, type PayloadsOf } from '../src/index.ts';
import { z } from 'zod';

/** The events of a domain that exists in these tests only. */
export const emits = {
  'sample.sold-out': z.object({ showId: id, soldOut: z.boolean() }),
  'sample.paid': z.object({ showId: id, amount: money }),
};

declare module '../src/catalogue.ts' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);

export const catalogue = eventCatalogue({ sample: emits });
