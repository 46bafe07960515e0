import { UserError } from '@marquee/errors';

import type { CampaignStatus } from './domain/campaign.ts';

/** The organisation has a campaign of this name. */
export class CampaignNameTakenError extends UserError {
  readonly __typename = 'CampaignNameTakenError';

  constructor(name: string) {
    super(`Your organisation has a campaign named “${name}”. Choose another name.`);
  }
}

/** The campaign cannot get this status any more. */
export class CampaignStatusError extends UserError {
  readonly __typename = 'CampaignStatusError';
  readonly status: CampaignStatus;

  constructor(status: CampaignStatus, message: string) {
    super(message);
    this.status = status;
  }
}
