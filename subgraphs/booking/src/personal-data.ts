import type { PersonalData } from '@marquee/subgraph';

import { HeldDataRepository } from './adapters/held-data.ts';
import type { Deps } from './deps.ts';

/** People's bookings, holds and waits. Addresses of offers are sealed, and deleted when the offer ends. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new HeldDataRepository(tx).delete(userId),
});
