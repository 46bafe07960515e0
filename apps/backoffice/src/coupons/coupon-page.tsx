import { useMutation, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  Empty,
  Facts,
  Notice,
  Page,
  ProblemNotice,
  Row,
  showToast,
  Skeleton,
  useAction,
} from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useParams } from 'react-router';

import { CouponTermsDocument, type CouponTermsQuery, DisableCouponDocument } from '../generated/graphql.ts';
import { COUPON_TONES } from './coupon.ts';
import { couponTexts } from './texts.ts';

type Coupon = NonNullable<CouponTermsQuery['coupon']>;

/** A coupon's terms and uses, and the way to end it. */
export function Component() {
  const t = useTexts(couponTexts);
  const { couponId = '' } = useParams();
  const { data, error, loading, refetch } = useQuery(CouponTermsDocument, { variables: { id: couponId } });
  const coupon = data?.coupon;
  return (
    <Page
      title={coupon?.code ?? t('coupon')}
      actions={coupon && <Badge tone={COUPON_TONES[coupon.status]}>{t(coupon.status)}</Badge>}
      isNarrow
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {loading && !coupon && <Skeleton label={t('loading')} />}
      {data && !coupon && !error && (
        <Empty>
          <p>{t('notFound')}</p>
          <ButtonLink href="/coupons">{t('coupons')}</ButtonLink>
        </Empty>
      )}
      {coupon && <Terms coupon={coupon} />}
      {coupon && ['ACTIVE', 'SCHEDULED', 'EXHAUSTED'].includes(coupon.status) && (
        <Ending coupon={coupon} onEnded={() => void refetch()} />
      )}
    </Page>
  );
}

function Ending({ coupon: { id, code }, onEnded }: { readonly coupon: Coupon; readonly onEnded: () => void }) {
  const t = useTexts(couponTexts);
  const [isSure, setSure] = useState(false);
  const action = useAction();
  const [disable] = useMutation(DisableCouponDocument);
  const end = async (): Promise<void> => {
    const isDone = await action.run(async () => {
      const { data } = await disable({ variables: { couponId: id } });
      return data?.disableCoupon.__typename === 'CouponEndedError' ? t('ended') : undefined;
    });
    if (!isDone) return;
    showToast({ id, title: t('disabled', { code }) });
    onEnded();
  };
  return (
    <>
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      {isSure && <p>{t('disableText')}</p>}
      <Row>
        <Button kind="danger" isPending={action.isPending} onPress={() => (isSure ? void end() : setSure(true))}>
          {isSure ? t('disableNow') : t('disable')}
        </Button>
        {isSure && (
          <Button kind="quiet" onPress={() => setSure(false)}>
            {t('keep')}
          </Button>
        )}
      </Row>
    </>
  );
}

function Terms({ coupon }: { readonly coupon: Coupon }) {
  const t = useTexts(couponTexts);
  const { money, percent, number, time } = useFormats();
  const { percentOff, amountOff, titleIds, cityIds } = coupon;
  const scope = [
    ...(titleIds.length > 0 ? [t('titlesCount', { count: titleIds.length })] : []),
    ...(cityIds.length > 0 ? [t('citiesCount', { count: cityIds.length })] : []),
    ...(coupon.firstBookingOnly ? [t('firstBookingOnly')] : []),
  ];
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t('off'), percentOff === null ? amountOff && money(amountOff) : percent(percentOff)],
    [t('from'), time(coupon.startsAt, 'exact')],
    [t('until'), time(coupon.endsAt, 'exact')],
    [t('maximumDiscount'), coupon.maximumDiscount && money(coupon.maximumDiscount)],
    [t('minimumSpend'), coupon.minimumSpend && money(coupon.minimumSpend)],
    [t('budget'), coupon.budget && money(coupon.budget)],
    [t('spent'), coupon.spent && money(coupon.spent)],
    [t('uses'), t('usesNow', { used: number(coupon.redeemedCount), reserved: number(coupon.reservedCount) })],
    [t('redemptionLimit'), coupon.redemptionLimit === null ? null : number(coupon.redemptionLimit)],
    [t('perUserLimit'), coupon.perUserLimit === null ? null : number(coupon.perUserLimit)],
    [t('for'), scope.length > 0 ? scope.join(' · ') : t('everything')],
    [t('organisation'), coupon.organisation?.name ?? t('marketplace')],
    [t('createdAt'), time(coupon.createdAt, 'exact')],
  ];
  return (
    <Card>
      <Facts facts={facts.flatMap(([term, value]) => (value ? [[term, value] as const] : []))} />
    </Card>
  );
}
