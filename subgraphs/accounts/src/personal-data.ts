import type { PersonalData } from '@marquee/subgraph';

import { deleteTraces } from './adapters/erasures.ts';
import type { Deps } from './deps.ts';

/** The account and how it is signed in to. It goes in the transaction of the request; this deletes what came late. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: deleteTraces,
});
