import { byKey } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { Referral } from './domain/referral.ts';

export interface Loaders {
  /** By the person's id; makes the codes of those who have none. */
  readonly referrals: DataLoader<string, Referral | null>;
}

export function loaders({ referrals }: Pick<Deps, 'referrals'>): Loaders {
  return {
    referrals: byKey(
      (userIds) => referrals.ofUsers(userIds),
      ({ userId }) => userId,
    ),
  };
}
