import { useMutation, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import {
  Badge,
  Button,
  Dialog,
  Facts,
  Notice,
  ProblemNotice,
  Row,
  showToast,
  Skeleton,
  useAction,
} from '@marquee/app-kit/ui';
import { useState } from 'react';

import { CouponTermsDocument, type CouponTermsQuery, DisableCouponDocument } from '../generated/graphql.ts';
import { type Coupon, COUPON_TONES } from './coupon.ts';
import { couponTexts } from './texts.ts';

type Terms = CouponTermsQuery['coupons']['edges'][number]['node'];

/** A coupon's terms and uses, and the way to end it. */
export function CouponDialog({ coupon, onClose }: { readonly coupon: Coupon; readonly onClose: () => void }) {
  const t = useTexts(couponTexts);
  const { time } = useFormats();
  const [isSure, setSure] = useState(false);
  const action = useAction();
  const [disable] = useMutation(DisableCouponDocument);
  // There is no query for one coupon: it is among the latest.
  const { data, error, refetch } = useQuery(CouponTermsDocument, {
    variables: { first: 100, after: null },
    fetchPolicy: 'no-cache',
  });
  const terms = data?.coupons.edges.map(({ node }) => node).find(({ id }) => id === coupon.id);
  const end = async (): Promise<void> => {
    const isDone = await action.run(async () => {
      const { data: answer } = await disable({ variables: { couponId: coupon.id } });
      const result = answer?.disableCoupon;
      return result?.__typename === 'CouponEndedError' ? t('ended') : undefined;
    });
    if (isDone) showToast({ id: coupon.id, title: t('disabled', { code: coupon.code }) });
    if (isDone) onClose();
  };
  const canEnd = coupon.status === 'ACTIVE' || coupon.status === 'SCHEDULED' || coupon.status === 'EXHAUSTED';
  return (
    <Dialog title={coupon.code} isOpen onClose={onClose}>
      <Row>
        <Badge tone={COUPON_TONES[coupon.status]}>{t(coupon.status)}</Badge>
        <span>
          {time(coupon.startsAt, 'exact')} – {time(coupon.endsAt, 'exact')}
        </span>
      </Row>
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('loading')} />}
      {terms && <TermsFacts terms={terms} />}
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      {canEnd && !isSure && (
        <Row>
          <Button kind="danger" onPress={() => setSure(true)}>
            {t('disable')}
          </Button>
        </Row>
      )}
      {canEnd && isSure && (
        <>
          <p>{t('disableText')}</p>
          <Row>
            <Button kind="danger" isPending={action.isPending} onPress={() => void end()}>
              {t('disableNow')}
            </Button>
            <Button kind="quiet" onPress={() => setSure(false)}>
              {t('keep')}
            </Button>
          </Row>
        </>
      )}
    </Dialog>
  );
}

function TermsFacts({ terms }: { readonly terms: Terms }) {
  const t = useTexts(couponTexts);
  const { money, percent, number, time } = useFormats();
  const off = terms.percentOff === null ? terms.amountOff && money(terms.amountOff) : percent(terms.percentOff);
  const scope = [
    ...(terms.titleIds.length > 0 ? [t('titlesCount', { count: terms.titleIds.length })] : []),
    ...(terms.cityIds.length > 0 ? [t('citiesCount', { count: terms.cityIds.length })] : []),
    ...(terms.firstBookingOnly ? [t('firstBookingOnly')] : []),
  ];
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t('off'), off],
    [t('maximumDiscount'), terms.maximumDiscount && money(terms.maximumDiscount)],
    [t('minimumSpend'), terms.minimumSpend && money(terms.minimumSpend)],
    [t('budget'), terms.budget && money(terms.budget)],
    [t('spent'), terms.spent && money(terms.spent)],
    [t('uses'), t('usesNow', { used: number(terms.redeemedCount), reserved: number(terms.reservedCount) })],
    [t('redemptionLimit'), terms.redemptionLimit === null ? null : number(terms.redemptionLimit)],
    [t('perUserLimit'), terms.perUserLimit === null ? null : number(terms.perUserLimit)],
    [t('for'), scope.length > 0 ? scope.join(' · ') : t('everything')],
    [t('organisation'), terms.organisation?.name ?? t('marketplace')],
    [t('createdAt'), time(terms.createdAt, 'exact')],
  ];
  return <Facts facts={facts.flatMap(([term, value]) => (value ? [[term, value] as const] : []))} />;
}
