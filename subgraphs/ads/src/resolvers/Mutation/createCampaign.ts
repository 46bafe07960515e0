import { resultOf } from '@marquee/errors';

import { CampaignNameTakenError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import * as useCase from '../../use-cases/create-campaign.ts';

export const createCampaign: MutationResolvers['createCampaign'] = (_parent, { input }, { caller, deps }) =>
  resultOf([CampaignNameTakenError], async () => ({
    __typename: 'CreateCampaignPayload' as const,
    campaign: await useCase.createCampaign(deps, caller, input),
  }));
