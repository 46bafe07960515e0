import { useMutation } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Dialog, Facts, Notice, Row, showToast, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { DisableCouponDocument } from '../generated/graphql.ts';
import { type Coupon, COUPON_TONES } from './coupon.ts';
import { couponTexts } from './texts.ts';

/** A coupon's terms and uses, and the way to end it. */
export function CouponDialog({ coupon, onClose }: { readonly coupon: Coupon; readonly onClose: () => void }) {
  const t = useTexts(couponTexts);
  const { time } = useFormats();
  const [isSure, setSure] = useState(false);
  const action = useAction();
  const [disable] = useMutation(DisableCouponDocument);
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
      <Terms coupon={coupon} />
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

function Terms({ coupon }: { readonly coupon: Coupon }) {
  const t = useTexts(couponTexts);
  const { money, percent, number, time } = useFormats();
  const off = coupon.percentOff === null ? coupon.amountOff && money(coupon.amountOff) : percent(coupon.percentOff);
  const scope = [
    ...(coupon.titleIds.length > 0 ? [t('titlesCount', { count: coupon.titleIds.length })] : []),
    ...(coupon.cityIds.length > 0 ? [t('citiesCount', { count: coupon.cityIds.length })] : []),
    ...(coupon.firstBookingOnly ? [t('firstBookingOnly')] : []),
  ];
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [t('off'), off],
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
  return <Facts facts={facts.flatMap(([term, value]) => (value ? [[term, value] as const] : []))} />;
}
