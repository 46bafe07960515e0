import type { PersonalData } from '@marquee/subgraph';

import { ErasedCustomerRepository } from './adapters/erased-customer.ts';
import type { Deps } from './deps.ts';

/** People's payments and means of payment. Memberships and recurring payments end, and saved cards go. */
export const personalData = ({ heldData, now }: Pick<Deps, 'heldData' | 'now'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new ErasedCustomerRepository(tx).erase(userId, now()),
});
