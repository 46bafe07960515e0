import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Select, showToast, TextField, useAction } from '@marquee/app-kit/ui';

import { checksIn, moneyOf, numberOf } from '../forms/checks.ts';
import { CurrencyField } from '../forms/common-fields.tsx';
import { formStyle } from '../forms/form-style.ts';
import { Fields } from '../forms/grid.tsx';
import { formTexts } from '../forms/texts.ts';
import { useForm } from '../forms/use-form.ts';
import { type BillingInterval, CreateMembershipPlanDocument } from '../generated/graphql.ts';
import { moneyTexts } from './texts.ts';

const INTERVALS: readonly BillingInterval[] = ['DAY', 'WEEK', 'MONTH', 'YEAR'];

export interface NewPlanProps {
  readonly currency: string;
  readonly onCreated: (currency: string) => void;
}

/** The form of a new membership plan, which customers can subscribe to at once. */
export function NewPlan({ currency, onCreated }: NewPlanProps) {
  const t = useTexts(moneyTexts);
  const forms = useTexts(formTexts);
  const action = useAction();
  const [create] = useMutation(CreateMembershipPlanDocument);
  const checks = checksIn(forms);
  const form = useForm(
    {
      ...{ name: '', description: '', interval: 'MONTH' as BillingInterval, price: '', currency, country: '' },
      ...{ trialDays: '0', freeCancellations: '0', percentOff: '0' },
    },
    (values) => ({
      name: checks.text(values.name, 80),
      description: checks.text(values.description, 500),
      price: checks.amount(values.price, values.currency),
      country: /^([a-z]{2})?$/i.test(values.country.trim()) ? undefined : t('badCountry'),
      trialDays: checks.number(values.trialDays, 0, 365),
      freeCancellations: checks.number(values.freeCancellations, 0, 100),
      percentOff: checks.number(values.percentOff, 0, 100),
    }),
  );
  type Values = typeof form.values;
  const send = async (values: Values): Promise<void> => {
    const isDone = await action.run(async () => {
      try {
        const { data } = await create({
          variables: {
            input: {
              name: values.name.trim(),
              description: values.description.trim(),
              interval: values.interval,
              price: moneyOf(values.price, values.currency) ?? { amount: 0, currency: values.currency },
              country: values.country.trim().toUpperCase() || null,
              trialDays: numberOf(values.trialDays),
              freeCancellations: numberOf(values.freeCancellations),
              bookingFeePercentOff: numberOf(values.percentOff),
            },
          },
        });
        return data?.createMembershipPlan.__typename === 'MembershipPlanExistsError' ? t('planExists') : undefined;
      } catch (error) {
        if (form.refuse(error)) return forms('checkFields');
        throw error;
      }
    });
    if (!isDone) return;
    showToast({ id: 'plan', title: t('planCreated', { name: values.name }) });
    onCreated(values.currency);
  };
  const { values, set, field } = form;
  return (
    <form className={formStyle} {...form.form((sent) => void send(sent))} aria-label={t('newPlan')}>
      <TextField label={t('planName')} {...field('name')} />
      <TextField label={t('description')} rows={3} {...field('description')} />
      <Fields>
        <TextField label={t('price')} inputMode="decimal" {...field('price')} />
        <CurrencyField value={values.currency} onChange={(next) => set('currency', next)} />
        <Select
          label={t('interval')}
          value={values.interval}
          choices={INTERVALS.map((id) => ({ id, text: t(id) }))}
          onChange={(interval) => set('interval', interval)}
        />
        <TextField label={t('country')} hint={t('countryHint')} {...field('country')} />
        <TextField label={t('trialDays')} inputMode="numeric" {...field('trialDays')} />
        <TextField label={t('feeOff')} inputMode="numeric" {...field('percentOff')} />
        <TextField label={t('freeCancellations')} inputMode="numeric" {...field('freeCancellations')} />
      </Fields>
      <Notice tone="warning">{t('planNeverChanges')}</Notice>
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <Button type="submit" isPending={action.isPending}>
        {t('createPlan')}
      </Button>
    </form>
  );
}
