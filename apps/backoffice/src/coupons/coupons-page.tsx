import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  ButtonLink,
  Checkbox,
  Empty,
  Page,
  ProblemNotice,
  Select,
  ShowMore,
  Skeleton,
  Table,
} from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link } from 'react-router';

import { Filters } from '../forms/grid.tsx';
import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import { OrganisationCouponsDocument } from '../generated/graphql.ts';
import { COUPON_TONES } from './coupon.ts';
import { couponTexts } from './texts.ts';
import { Uses } from './uses.tsx';

/** The coupons of the chosen organisation; for administrators all, or these alone. */
export function Component() {
  const t = useTexts(couponTexts);
  const { time } = useFormats();
  const { who, organisation } = useWho();
  const isAdministrator = who !== undefined && hasRole(who, ['ADMIN']);
  const [ownOnly, setOwnOnly] = useState(false);
  const organisationId = isAdministrator && !ownOnly ? null : (organisation?.id ?? null);
  const [activeOnly, setActiveOnly] = useState(false);
  const { data, error, loading, refetch, fetchMore } = useQuery(OrganisationCouponsDocument, {
    variables: { organisationId, first: 20, after: null, activeOnly },
  });
  const coupons = data?.coupons?.edges.map(({ node }) => node) ?? [];
  return (
    <Page title={t('coupons')} actions={<ButtonLink href="/coupons/new">{t('create')}</ButtonLink>}>
      <Filters label={t('coupons')}>
        {isAdministrator && organisation && (
          <Select
            label={t('organisation')}
            value={ownOnly ? 'own' : 'all'}
            choices={[
              { id: 'all' as const, text: t('allOrganisations') },
              { id: 'own' as const, text: organisation.name },
            ]}
            onChange={(id) => setOwnOnly(id === 'own')}
          />
        )}
        <Checkbox isSelected={activeOnly} onChange={setActiveOnly}>
          {t('activeOnly')}
        </Checkbox>
      </Filters>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && coupons.length === 0 && <Skeleton label={t('loading')} />}
      {data && coupons.length === 0 && !error && (
        <Empty>
          <p>{activeOnly ? t('noneActive') : t('none')}</p>
          <ButtonLink href="/coupons/new">{t('create')}</ButtonLink>
        </Empty>
      )}
      {coupons.length > 0 && (
        <Table
          label={t('coupons')}
          rows={coupons}
          keyOf={({ id }) => id}
          columns={[
            {
              head: t('code'),
              cell: ({ id, code }) => (
                <Link to={`/coupons/${id}`}>
                  <strong>{code}</strong>
                </Link>
              ),
            },
            { head: t('kind'), cell: ({ kind }) => t(kind) },
            { head: t('status'), cell: ({ status }) => <Badge tone={COUPON_TONES[status]}>{t(status)}</Badge> },
            { head: t('uses'), cell: (coupon) => <Uses {...coupon} /> },
            { head: t('from'), cell: ({ startsAt }) => time(startsAt, 'date') },
            { head: t('until'), cell: ({ endsAt }) => time(endsAt, 'date') },
          ]}
        />
      )}
      <ShowMore pageInfo={data?.coupons?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
    </Page>
  );
}
