import { resultOf } from '@marquee/errors';

import { CampaignStatusError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/set-campaign-status.ts';

export const setCampaignStatus: MutationResolvers['setCampaignStatus'] = (_parent, input, { caller, deps }) =>
  resultOf([CampaignStatusError], async () => ({
    __typename: 'SetCampaignStatusPayload' as const,
    campaign: await useCase.setCampaignStatus(deps, caller, input),
  }));
