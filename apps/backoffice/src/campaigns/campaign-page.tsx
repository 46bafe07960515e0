import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, ButtonLink, Empty, Facts, Figures, Page, ProblemNotice, Skeleton, Stack } from '@marquee/app-kit/ui';
import { useParams } from 'react-router';

import {
  CampaignReportDocument,
  type CampaignReportQuery,
  CampaignTermsDocument,
  type CampaignTermsQuery,
} from '../generated/graphql.ts';
import { CAMPAIGN_TONES } from './campaign.ts';
import { DailySpend } from './daily-spend.tsx';
import { StatusButtons } from './status-buttons.tsx';
import { campaignTexts } from './texts.ts';

type Report = NonNullable<CampaignReportQuery['campaign']>;
type Terms = NonNullable<CampaignTermsQuery['campaign']>;

/** A campaign: what it has spent and brought, day by day, and its terms. */
export function Component() {
  const t = useTexts(campaignTexts);
  const { campaignId = '' } = useParams();
  const variables = { campaignId };
  const { data, error, loading, refetch } = useQuery(CampaignReportDocument, { variables });
  const { data: terms } = useQuery(CampaignTermsDocument, { variables, fetchPolicy: 'no-cache' });
  const campaign = data?.campaign;
  return (
    <Page
      title={terms?.campaign?.name ?? t('campaign')}
      actions={campaign && <Badge tone={CAMPAIGN_TONES[campaign.status]}>{t(campaign.status)}</Badge>}
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !campaign && <Skeleton label={t('loading')} />}
      {data && !campaign && !error && (
        <Empty>
          <p>{t('notFound')}</p>
          <ButtonLink href="/campaigns">{t('campaigns')}</ButtonLink>
        </Empty>
      )}
      {campaign && <ReportFigures campaign={campaign} />}
      {campaign && <StatusButtons campaignId={campaign.id} status={campaign.status} />}
      {campaign && <DailySpend days={campaign.dailySpend} more={terms?.campaign?.dailySpend ?? []} />}
      {terms?.campaign && <TermsSection terms={terms.campaign} />}
    </Page>
  );
}

function ReportFigures({ campaign }: { readonly campaign: Report }) {
  const t = useTexts(campaignTexts);
  const { money, number, percent } = useFormats();
  const { spent, budget, impressions, clicks, clickThroughRate } = campaign;
  const left = { ...budget, amount: budget.amount - spent.amount };
  return (
    <Figures
      figures={[
        { label: t('spent'), value: money(spent), note: t('ofBudget', { budget: money(budget) }) },
        { label: t('left'), value: money(left) },
        { label: t('impressions'), value: number(impressions) },
        { label: t('clicks'), value: number(clicks) },
        { label: t('rate'), value: percent(clickThroughRate * 100) },
      ]}
    />
  );
}

function TermsSection({ terms }: { readonly terms: Terms }) {
  const t = useTexts(campaignTexts);
  const { money, number, time } = useFormats();
  const { startsAt, endsAt, timeZone, dailyCap, bidPerThousand, frequencyCapPerDay, cityIds } = terms;
  return (
    <Stack>
      <h2>{t('terms')}</h2>
      <Facts
        facts={[
          [t('headline'), terms.headline],
          [
            t('picture'),
            <a key="picture" href={terms.imageUrl} target="_blank" rel="noreferrer">
              {terms.imageUrl}
            </a>,
          ],
          [t('organisation'), terms.organisation?.name ?? '—'],
          [t('runs'), `${time(startsAt, 'exact', timeZone)} – ${time(endsAt, 'exact', timeZone)} (${timeZone})`],
          [t('bid'), money(bidPerThousand)],
          [t('dailyCap'), dailyCap ? money(dailyCap) : t('noLimit')],
          [t('frequencyCap'), frequencyCapPerDay === null ? t('noLimit') : number(frequencyCapPerDay)],
          [t('cities'), cityIds.length === 0 ? t('allCities') : t('citiesCount', { count: cityIds.length })],
        ]}
      />
    </Stack>
  );
}
