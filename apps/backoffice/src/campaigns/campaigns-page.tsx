import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, ButtonLink, Empty, Page, ProblemNotice, ShowMore, Skeleton, Table } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { OrganisationCampaignsDocument } from '../generated/graphql.ts';
import { CAMPAIGN_TONES } from './campaign.ts';
import { campaignTexts } from './texts.ts';

/** The campaigns of the chosen organisation. */
export function Component() {
  const t = useTexts(campaignTexts);
  const { organisation } = useWho();
  const { money, number, percent, time } = useFormats();
  const { data, error, loading, refetch, fetchMore } = useQuery(OrganisationCampaignsDocument, {
    variables: { organisationId: organisation?.id ?? null, first: 20, after: null },
  });
  const page = data?.viewer?.campaigns;
  const campaigns = page?.edges.map(({ node }) => node) ?? [];
  return (
    <Page title={t('campaigns')} actions={<ButtonLink href="/campaigns/new">{t('create')}</ButtonLink>}>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && campaigns.length === 0 && <Skeleton label={t('loading')} />}
      {page && campaigns.length === 0 && (
        <Empty>
          <p>{t('none')}</p>
          <ButtonLink href="/campaigns/new">{t('create')}</ButtonLink>
        </Empty>
      )}
      {campaigns.length > 0 && (
        <Table
          label={t('campaigns')}
          rows={campaigns}
          keyOf={({ id }) => id}
          columns={[
            { head: t('name'), cell: ({ id, name }) => <Link to={`/campaigns/${id}`}>{name}</Link> },
            { head: t('status'), cell: ({ status }) => <Badge tone={CAMPAIGN_TONES[status]}>{t(status)}</Badge> },
            { head: t('spent'), cell: ({ spent }) => money(spent), isNumber: true },
            { head: t('budget'), cell: ({ budget }) => money(budget), isNumber: true },
            { head: t('impressions'), cell: ({ impressions }) => number(impressions), isNumber: true },
            { head: t('clicks'), cell: ({ clicks }) => number(clicks), isNumber: true },
            {
              head: t('rate'),
              cell: ({ clicks, impressions }) => percent(impressions === 0 ? 0 : (clicks / impressions) * 100),
              isNumber: true,
            },
            {
              head: t('runs'),
              cell: ({ startsAt, endsAt }) => `${time(startsAt, 'date')} – ${time(endsAt, 'date')}`,
            },
          ]}
        />
      )}
      <ShowMore pageInfo={page?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
