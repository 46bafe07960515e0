import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  Button,
  ButtonLink,
  Checkbox,
  Empty,
  Page,
  ProblemNotice,
  ShowMore,
  Skeleton,
  Table,
} from '@marquee/app-kit/ui';
import { useState } from 'react';

import { CouponsDocument } from '../generated/graphql.ts';
import { COUPON_TONES } from './coupon.ts';
import { CouponDialog } from './coupon-dialog.tsx';
import { couponTexts } from './texts.ts';
import { Uses } from './uses.tsx';

/** The coupons of the person's organisations, or all. */
export function Component() {
  const t = useTexts(couponTexts);
  const { time } = useFormats();
  const [activeOnly, setActiveOnly] = useState(false);
  const [openId, setOpenId] = useState<string>();
  const { data, error, loading, refetch, fetchMore } = useQuery(CouponsDocument, {
    variables: { first: 20, after: null, activeOnly },
  });
  const coupons = data?.coupons?.edges.map(({ node }) => node) ?? [];
  const open = coupons.find(({ id }) => id === openId);
  return (
    <Page title={t('coupons')} actions={<ButtonLink href="/coupons/new">{t('create')}</ButtonLink>}>
      <Checkbox isSelected={activeOnly} onChange={setActiveOnly}>
        {t('activeOnly')}
      </Checkbox>
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
            { head: t('code'), cell: ({ code }) => <strong>{code}</strong> },
            { head: t('kind'), cell: ({ kind }) => t(kind) },
            { head: t('status'), cell: ({ status }) => <Badge tone={COUPON_TONES[status]}>{t(status)}</Badge> },
            { head: t('uses'), cell: (coupon) => <Uses {...coupon} /> },
            { head: t('from'), cell: ({ startsAt }) => time(startsAt, 'date') },
            { head: t('until'), cell: ({ endsAt }) => time(endsAt, 'date') },
            {
              head: t('details'),
              cell: ({ id, code }) => (
                <Button kind="bare" aria-label={t('detailsOf', { code })} onPress={() => setOpenId(id)}>
                  {t('details')}
                </Button>
              ),
            },
          ]}
        />
      )}
      <ShowMore pageInfo={data?.coupons?.pageInfo} onMore={(after) => fetchMore({ variables: { after } })} />
      {open && <CouponDialog coupon={open} onClose={() => setOpenId(undefined)} />}
    </Page>
  );
}
