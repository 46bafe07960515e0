import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, Page, Row, showToast, useAction } from '@marquee/app-kit/ui';
import { useNavigate } from 'react-router';

import { checksIn, localTime, momentOf, moneyOf, numberOf } from '../forms/checks.ts';
import { formStyle } from '../forms/form-style.ts';
import { formTexts } from '../forms/texts.ts';
import { useForm } from '../forms/use-form.ts';
import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import { CreateCouponDocument, type CreateCouponInput } from '../generated/graphql.ts';
import { CouponFields } from './coupon-fields.tsx';
import { checkCoupon, type CouponValues } from './coupon-values.ts';
import { couponTexts } from './texts.ts';

/** A new coupon with all of its rules. */
export function Component() {
  const t = useTexts(couponTexts);
  const forms = useTexts(formTexts);
  const navigate = useNavigate();
  const { who, organisation } = useWho();
  const action = useAction();
  const [create] = useMutation(CreateCouponDocument);
  const isMarketplace = who !== undefined && hasRole(who, ['ADMIN']);
  const initial: CouponValues = {
    ...{ code: '', kind: 'PERCENT', off: '', currency: 'EUR', maximumDiscount: '', minimumSpend: '', budget: '' },
    ...{ titles: [], cities: [], firstBookingOnly: false, perUserLimit: '1', redemptionLimit: '' },
    ...{
      startsAt: localTime(1),
      endsAt: localTime(24 * 30),
      organisationId: isMarketplace ? '' : (organisation?.id ?? ''),
    },
  };
  const checks = checksIn(forms);
  const form = useForm<CouponValues>(initial, (values) => checkCoupon(values, checks, t));
  const send = async (values: CouponValues): Promise<void> => {
    const isDone = await action.run(async () => {
      try {
        const { data } = await create({
          variables: { input: inputOf(values) },
          update: (cache) => void cache.evict({ id: 'ROOT_QUERY', fieldName: 'coupons' }),
        });
        if (data?.createCoupon.__typename !== 'CouponCodeTakenError') return undefined;
        form.refuseField('code', t('codeTaken'));
        return forms('checkFields');
      } catch (error) {
        if (form.refuse(error)) return forms('checkFields');
        throw error;
      }
    });
    if (!isDone) return;
    showToast({ id: 'coupon', title: t('created', { code: values.code.toUpperCase() }) });
    void navigate('/coupons');
  };
  return (
    <Page title={t('create')}>
      <form className={formStyle} {...form.form((values) => void send(values))} aria-label={t('create')}>
        <CouponFields form={form} isMarketplace={isMarketplace} />
        {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
        <Row>
          <Button type="submit" isPending={action.isPending}>
            {t('createNow')}
          </Button>
          <ButtonLink kind="quiet" href="/coupons">
            {forms('cancel')}
          </ButtonLink>
        </Row>
      </form>
    </Page>
  );
}

function inputOf(values: CouponValues): CreateCouponInput {
  const { kind, off, currency } = values;
  return {
    code: values.code.trim(),
    kind,
    ...(kind === 'PERCENT'
      ? { percentOff: Number(off), maximumDiscount: moneyOf(values.maximumDiscount, currency) }
      : { amountOff: moneyOf(off, currency) }),
    minimumSpend: moneyOf(values.minimumSpend, currency),
    budget: moneyOf(values.budget, currency),
    titleIds: values.titles.map(({ id }) => id),
    cityIds: values.cities.map(({ id }) => id),
    firstBookingOnly: values.firstBookingOnly,
    perUserLimit: numberOf(values.perUserLimit),
    redemptionLimit: numberOf(values.redemptionLimit),
    startsAt: momentOf(values.startsAt),
    endsAt: momentOf(values.endsAt),
    organisationId: values.organisationId || null,
  };
}
