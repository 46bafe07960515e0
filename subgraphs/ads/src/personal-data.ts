import type { PersonalData } from '@marquee/subgraph';

import { HeldDataRepository } from './adapters/held-data.ts';
import type { Deps } from './deps.ts';

/** Ads that people were shown in these days, and the campaigns that they made at work. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new HeldDataRepository(tx).erase(userId),
});
