import type { PersonalData } from '@marquee/subgraph';

import { ErasedPersonRepository } from './adapters/erased-person.ts';
import type { Deps } from './deps.ts';

/** What people said, found helpful and reported, and where they were. Their stars stay, without words and author. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new ErasedPersonRepository(tx).erase(userId),
});
