import type { PersonalData } from '@marquee/subgraph';

import { HeldDataRepository } from './adapters/held-data.ts';
import { HeldRiskData } from './adapters/risk/held-data.ts';
import type { Deps } from './deps.ts';

/** People's histories, what they did as visitors, and what is known about their risk. */
export const personalData = ({ heldData, heldRiskData }: Pick<Deps, 'heldData' | 'heldRiskData'>): PersonalData => ({
  export: async (userId) => ({ ...(await heldData.of(userId)), ...(await heldRiskData.of(userId)) }),
  erase: async (userId, tx) => {
    await new HeldDataRepository(tx).erase(userId);
    await new HeldRiskData(tx).erase(userId);
  },
});
