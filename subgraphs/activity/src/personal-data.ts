import type { PersonalData } from '@marquee/subgraph';

import { HeldDataRepository } from './adapters/held-data.ts';
import type { Deps } from './deps.ts';

/** People's histories, and what they did as visitors. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new HeldDataRepository(tx).erase(userId),
});
