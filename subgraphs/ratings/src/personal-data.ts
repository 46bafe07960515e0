import type { PersonalData } from '@marquee/subgraph';

import { ErasedPersonRepository } from './adapters/erased-person.ts';
import type { Deps } from './deps.ts';

/** People's reviews, votes, reports and visits. Their stars stay, without words and author. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new ErasedPersonRepository(tx).erase(userId),
});
