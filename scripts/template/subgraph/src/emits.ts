import { eventMaker, id, type PayloadsOf } from '@marquee/events';
import { z } from 'zod';

/** Events of example-subgraph, keyed by the sample note's id. */
export const emits = {
  'sample-note.created': z.object({ sampleNoteId: id, ownerId: id }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
