/** The operations of campaigns: a partner advertises their film. */
import { ANONYMOUS, by, type Rows, tooMany } from '../people/row.ts';

const DAY_MS = 86_400_000;
const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const CUSTOMER = by('customer', 'UNAUTHORIZED_FIELD_OR_TYPE');

export const CAMPAIGNS: Rows = {
  CreateCampaign: {
    variables: ({ titleId }) => ({
      input: {
        ...{ titleId, name: 'Opening week', headline: 'One take. No cuts.', cityIds: ['cty_lon'] },
        ...{ imageUrl: 'https://images.example.test/long-take.jpg', budget: gbp(10_000), bidPerThousand: gbp(900) },
        startsAt: new Date(Date.now() - 60_000).toISOString(),
        endsAt: new Date(Date.now() + 7 * DAY_MS).toISOString(),
      },
    }),
    may: by('partner', 'CreateCampaignPayload'),
    mayNot: CUSTOMER,
    bad: by('partner', 'BAD_USER_INPUT', { input: { budget: gbp(-1) } }),
    keep: ({ createCampaign: { campaign } }: { createCampaign: { campaign: { id: string } } }, { kept }) =>
      kept.set('campaignId', campaign.id),
  },
  SetCampaignStatus: {
    variables: ({ kept }) => ({ campaignId: kept.get('campaignId'), status: 'ACTIVE' }),
    may: by('partner', 'SetCampaignStatusPayload'),
    mayNot: by('advertiser', 'FORBIDDEN'),
    bad: by('partner', 'NOT_FOUND', { campaignId: 'cmp_unknown' }),
  },
  CampaignReport: {
    variables: ({ kept }) => ({ campaignId: kept.get('campaignId') }),
    may: by('partner'),
    mayNot: by('advertiser', 'FORBIDDEN'),
    bad: by('partner', 'null', { campaignId: 'cmp_unknown' }),
  },
  MyCampaigns: { variables: { first: 5 }, may: by('partner'), mayNot: ANONYMOUS, bad: tooMany('partner') },
};
