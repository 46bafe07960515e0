/** The operations about campaigns. */
import { ANONYMOUS, by, type Rows, tooMany } from './row.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const eur = (amount: number) => ({ amount, currency: 'EUR' });
/** Somebody without work for an organisation. */
const CUSTOMER = by('customer', 'UNAUTHORIZED_FIELD_OR_TYPE');

export const CAMPAIGNS: Rows = {
  CreateCampaign: {
    variables: ({ titleId }) => ({
      input: {
        ...{ titleId, name: 'First snow', headline: 'The film of the winter' },
        ...{ imageUrl: 'https://images.example.com/snow.jpg', budget: eur(50_000), bidPerThousand: eur(400) },
        startsAt: new Date(Date.now() - DAY_MS).toISOString(),
        endsAt: new Date(Date.now() + DAY_MS).toISOString(),
      },
    }),
    may: by('advertiser', 'CreateCampaignPayload'),
    mayNot: CUSTOMER,
    bad: by('advertiser', 'BAD_USER_INPUT', { input: { imageUrl: 'http://images.example.com/snow.jpg' } }),
    keep: ({ createCampaign: { campaign } }: { createCampaign: { campaign: { id: string } } }, { kept }) =>
      kept.set('campaignId', campaign.id),
  },
  SetCampaignStatus: {
    variables: ({ kept }) => ({ campaignId: kept.get('campaignId'), status: 'ACTIVE' }),
    may: by('advertiser', 'SetCampaignStatusPayload'),
    mayNot: by('partner', 'FORBIDDEN'),
    bad: by('advertiser', 'BAD_USER_INPUT', { status: 'EXHAUSTED' }),
  },
  CampaignReport: {
    variables: ({ kept }) => ({ campaignId: kept.get('campaignId') }),
    may: by('advertiser'),
    mayNot: by('partner', 'FORBIDDEN'),
    bad: null,
  },
  MyCampaigns: { variables: { first: 5 }, may: by('advertiser'), mayNot: ANONYMOUS, bad: tooMany('advertiser') },
};
