import { newId } from '@marquee/subgraph/ids';
import { type Caller, requireUser } from '@marquee/subgraph';

import { type AccessDeps, chooseOrganisation } from '../access.ts';
import type { Campaign } from '../domain/campaign.ts';
import { type CampaignFields, type House, parseTerms } from '../domain/campaign-terms.ts';
import type { AssertInCatalogue, Campaigns } from '../domain/ports.ts';
import { CampaignNameTakenError } from '../errors.ts';

export interface CreateCampaignDeps extends AccessDeps {
  readonly campaigns: Pick<Campaigns, 'add'>;
  readonly assertInCatalogue: AssertInCatalogue;
  readonly house: House;
  readonly now: () => Date;
}

/**
 * Creates a campaign of an organisation, as a draft.
 *
 * @throws {CampaignNameTakenError} when the organisation has one of this name
 * @throws {CodedError} BAD_USER_INPUT naming the field, or FORBIDDEN for an organisation that the caller does not manage
 */
export async function createCampaign(
  deps: CreateCampaignDeps,
  caller: Caller,
  fields: CampaignFields,
): Promise<Campaign> {
  const createdBy = requireUser(caller);
  const createdAt = deps.now();
  const terms = parseTerms(fields, deps.house, createdAt);
  const organisationId = await chooseOrganisation(deps, createdBy, fields.organisationId);
  await deps.assertInCatalogue(terms);
  const campaign = await deps.campaigns.add({ ...terms, organisationId, id: newId('cmp'), createdBy, createdAt });
  if (campaign === null) throw new CampaignNameTakenError(terms.name);
  return campaign;
}
