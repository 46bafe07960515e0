import { useTexts } from '@marquee/app-kit/text';
import { Checkbox, RadioGroup, Select, TextField } from '@marquee/app-kit/ui';

import { CitiesField, CurrencyField, PeriodFields } from '../forms/common-fields.tsx';
import { useFoundTitles } from '../forms/found.ts';
import { Fields, Group } from '../forms/grid.tsx';
import { Picker } from '../forms/picker.tsx';
import { formTexts } from '../forms/texts.ts';
import type { useForm } from '../forms/use-form.ts';
import { useWho } from '../frame/who.tsx';
import { ROLES_FOR } from '../frame/work.ts';
import type { CouponKind } from '../generated/graphql.ts';
import type { CouponValues } from './coupon-values.ts';
import { couponTexts } from './texts.ts';

const KINDS: readonly CouponKind[] = ['PERCENT', 'AMOUNT'];

export interface CouponFieldsProps {
  readonly form: ReturnType<typeof useForm<CouponValues>>;
  /** Whether the person may create coupons of the marketplace. */
  readonly isMarketplace: boolean;
}

export function CouponFields({ form, isMarketplace }: CouponFieldsProps) {
  const t = useTexts(couponTexts);
  const forms = useTexts(formTexts);
  const { who } = useWho();
  const { values, set, field } = form;
  const isPercent = values.kind === 'PERCENT';
  const optional = forms('optional');
  const organisations = (who?.organisations ?? []).filter(({ role }) =>
    ROLES_FOR.COUPONS.some((allowed) => allowed === role),
  );
  return (
    <>
      <Group legend={t('discount')}>
        <Fields>
          <TextField label={t('code')} hint={t('codeHint')} autoComplete="off" {...field('code')} />
          <Select
            label={t('organisation')}
            value={values.organisationId}
            choices={[
              ...(isMarketplace ? [{ id: '', text: t('marketplace') }] : []),
              ...organisations.map(({ id, name }) => ({ id, text: name })),
            ]}
            onChange={(id) => set('organisationId', id)}
          />
        </Fields>
        <RadioGroup
          label={t('kind')}
          value={values.kind}
          choices={KINDS.map((id) => ({ id, text: t(id) }))}
          onChange={(kind) => set('kind', kind)}
        />
        <Fields>
          <TextField label={isPercent ? t('percentOff') : t('amountOff')} inputMode="decimal" {...field('off')} />
          <CurrencyField value={values.currency} onChange={(currency) => set('currency', currency)} />
          {isPercent && (
            <TextField label={t('maximumDiscount')} hint={optional} inputMode="decimal" {...field('maximumDiscount')} />
          )}
          <TextField label={t('minimumSpend')} hint={optional} inputMode="decimal" {...field('minimumSpend')} />
        </Fields>
      </Group>
      <Group legend={t('for')}>
        <Fields>
          <Picker
            label={t('titles')}
            hint={t('titlesHint')}
            picked={values.titles}
            onChange={(titles) => set('titles', titles)}
            max={50}
            useFound={useFoundTitles}
          />
          <CitiesField value={values.cities} onChange={(cities) => set('cities', cities)} />
        </Fields>
        <Checkbox isSelected={values.firstBookingOnly} onChange={(only) => set('firstBookingOnly', only)}>
          {t('firstBookingOnly')}
        </Checkbox>
      </Group>
      <Group legend={t('limits')}>
        <Fields>
          <TextField label={t('perUserLimit')} hint={optional} inputMode="numeric" {...field('perUserLimit')} />
          <TextField label={t('redemptionLimit')} hint={optional} inputMode="numeric" {...field('redemptionLimit')} />
          <TextField label={t('budget')} hint={optional} inputMode="decimal" {...field('budget')} />
          <PeriodFields startsAt={field('startsAt')} endsAt={field('endsAt')} />
        </Fields>
      </Group>
    </>
  );
}
