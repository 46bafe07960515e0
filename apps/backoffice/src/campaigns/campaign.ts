import type { Tone } from '@marquee/app-kit/ui';

import type { CampaignStatus } from '../generated/graphql.ts';

export const CAMPAIGN_TONES: Readonly<Record<CampaignStatus, Tone>> = {
  DRAFT: 'plain',
  ACTIVE: 'good',
  PAUSED: 'warning',
  EXHAUSTED: 'warning',
  ENDED: 'plain',
};

/** The statuses that a person may set from each. */
export const NEXT: Readonly<Record<CampaignStatus, readonly ('ACTIVE' | 'PAUSED' | 'ENDED')[]>> = {
  DRAFT: ['ACTIVE', 'ENDED'],
  ACTIVE: ['PAUSED', 'ENDED'],
  PAUSED: ['ACTIVE', 'ENDED'],
  EXHAUSTED: ['ENDED'],
  ENDED: [],
};
