import { badInput, notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';

import { type AccessDeps, requireManager } from '../access.ts';
import { type Campaign, type CampaignStatus, refusalOf, statusOf } from '../domain/campaign.ts';
import type { Bidders, Campaigns } from '../domain/ports.ts';
import { CampaignStatusError } from '../errors.ts';

export interface SetCampaignStatusDeps extends AccessDeps {
  readonly campaigns: Pick<Campaigns, 'find' | 'setState'>;
  readonly bidders: Pick<Bidders, 'forget'>;
}

export interface SetCampaignStatusInput {
  readonly campaignId: string;
  readonly status: CampaignStatus;
}

/**
 * Starts, pauses or ends a campaign. What was placed before is still counted, and costs what it costs.
 *
 * @throws {CampaignStatusError} when it cannot get the status any more
 * @throws {CodedError} NOT_FOUND, FORBIDDEN, or BAD_USER_INPUT for a status that nobody sets
 */
export async function setCampaignStatus(
  deps: SetCampaignStatusDeps,
  caller: Caller,
  { campaignId, status }: SetCampaignStatusInput,
): Promise<Campaign> {
  if (status === 'DRAFT' || status === 'EXHAUSTED') {
    throw badInput('status', 'Choose ACTIVE, PAUSED or ENDED: a campaign gets the other statuses by itself.');
  }
  for (;;) {
    const campaign = await deps.campaigns.find(campaignId);
    if (campaign === null) throw notFound('campaign');
    const by = await requireManager(deps, caller, campaign);
    const refusal = refusalOf(statusOf(campaign), status);
    if (refusal !== null) throw new CampaignStatusError(statusOf(campaign), refusal);
    if (campaign.state === status) return campaign;
    const changed = await deps.campaigns.setState(campaign, status, by);
    deps.bidders.forget();
    // Somebody else has changed it meanwhile: what is allowed is decided again.
    if (changed !== null) return changed;
  }
}
