import type { PersonalData } from '@marquee/subgraph';

import { ErasedCustomerRepository } from './adapters/erased-customer.ts';
import type { Deps } from './deps.ts';

/** People's bookings, holds and waits. Addresses of offers are sealed, and deleted when the offer ends. */
export const personalData = ({ heldData }: Pick<Deps, 'heldData'>): PersonalData => ({
  export: (userId) => heldData.of(userId),
  erase: (userId, tx) => new ErasedCustomerRepository(tx).erase(userId),
});
