import type { PersonalData } from '@marquee/subgraph';

import { HeldDataRepository } from './adapters/held-data.ts';
import type { Deps } from './deps.ts';

/** Views of people, which are erased with them. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new HeldDataRepository(tx).erase(userId),
});
