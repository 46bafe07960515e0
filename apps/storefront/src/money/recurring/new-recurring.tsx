import { intentKey, useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { minorUnits } from '@marquee/app-kit/text/amount';
import { Button, Notice, ProblemNotice, RadioGroup, Select, Soft } from '@marquee/app-kit/ui';
import { type FormEvent, useRef, useState } from 'react';

import {
  type BillingInterval,
  CreateRecurringPaymentDocument,
  CreateRecurringPaymentPendingDocument,
  type RecurringPurpose,
} from '../../generated/graphql.ts';
import { PayWithField, usePaymentRefusal, usePayWith } from '../../paying/index.ts';
import { AmountField } from '../amount-field.tsx';
import { useCityCurrency } from '../currencies.ts';
import styles from '../money.module.css';
import { moneyTexts } from '../texts.ts';
import { useFollowPending } from '../use-pending.ts';
import { recurringTexts } from './texts.ts';

export const RECURRING_INTENT = 'recurring';

const PURPOSES: readonly RecurringPurpose[] = ['WALLET_TOP_UP', 'GIFT'];
const INTERVALS: readonly BillingInterval[] = ['WEEK', 'MONTH', 'YEAR', 'DAY'];

/** Sets up money that is added to the wallet on a schedule. */
export function NewRecurring({ onCreated }: { readonly onCreated: () => void }) {
  const t = useTexts(recurringTexts);
  const every = useTexts(moneyTexts);
  const { money } = useFormats();
  const refusalText = usePaymentRefusal();
  const cityCurrency = useCityCurrency() ?? 'EUR';
  const [purpose, setPurpose] = useState<RecurringPurpose>('WALLET_TOP_UP');
  const [interval, setInterval] = useState<BillingInterval>('MONTH');
  const [text, setText] = useState('20');
  const [chosen, setCurrency] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const [isCreated, setCreated] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const payWith = usePayWith({ hasWallet: false });
  const { send, isPending, refusal, problem } = useSend(CreateRecurringPaymentDocument);
  const follow = useFollowPending(CreateRecurringPaymentPendingDocument);
  const currency = chosen ?? cityCurrency;
  const amount = minorUnits(text, currency) ?? 0;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setCreated(false);
    setWrong(amount <= 0);
    if (amount <= 0) return form.current?.querySelector<HTMLInputElement>('input[inputmode]')?.focus();
    const given = {
      ...{ purpose, interval, amount: { amount, currency }, with: payWith.input },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      returnUrl: location.origin + location.pathname,
    };
    const input = { ...given, idempotencyKey: await intentKey(RECURRING_INTENT, given) };
    const payload = await send({ input }, RECURRING_INTENT, (refused) => void follow(refused, { input }));
    if (!payload) return undefined;
    setCreated(true);
    return onCreated();
  };
  const values = { amount: money({ amount, currency }), every: every('every', { interval }) };
  return (
    <section className={styles['panel']} aria-labelledby="new-recurring">
      <h2 id="new-recurring">{t('create')}</h2>
      <form ref={form} className={styles['form']} noValidate onSubmit={(event) => void submit(event)}>
        <RadioGroup
          label={t('purpose')}
          value={purpose}
          choices={PURPOSES.map((id) => ({ id, text: t(id) }))}
          onChange={setPurpose}
        />
        <AmountField
          {...{ text, currency, isWrong }}
          currencies={[...new Set([cityCurrency, 'EUR'])]}
          onText={setText}
          onCurrency={setCurrency}
        />
        <Select
          label={t('interval')}
          value={interval}
          choices={INTERVALS.map((id) => ({ id, text: t(id) }))}
          onChange={setInterval}
        />
        <PayWithField payWith={payWith} />
        {isCreated && <Notice tone="good">{t('created')}</Notice>}
        {refusal && <Notice tone="bad">{refusalText(refusal)}</Notice>}
        {problem !== undefined && <ProblemNotice error={problem} />}
        <Button type="submit" isPending={isPending} isDisabled={payWith.isLoading}>
          {t('begin', values)}
        </Button>
        <Soft isSmall>{t('first')}</Soft>
      </form>
    </section>
  );
}
