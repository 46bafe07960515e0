import { groupedBy, type OrganisationRoleOf } from '@marquee/subgraph';
import DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { CampaignDay } from './domain/campaign.ts';

export interface Loaders {
  /** A person's roles in organisations, by their id. */
  readonly organisationRoles: DataLoader<string, readonly OrganisationRoleOf[]>;
  /** By the campaign's id, the first day first. */
  readonly days: DataLoader<string, readonly CampaignDay[]>;
}

export function loaders({
  campaigns,
  findOrganisationRoles,
}: Pick<Deps, 'campaigns' | 'findOrganisationRoles'>): Loaders {
  return {
    organisationRoles: new DataLoader((userIds) => Promise.all(userIds.map(findOrganisationRoles))),
    days: groupedBy(
      (ids) => campaigns.daysOf(ids),
      ({ campaignId }) => campaignId,
    ),
  };
}
