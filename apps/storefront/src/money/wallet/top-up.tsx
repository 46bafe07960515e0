import { intentKey, problemOf, useSend } from '@marquee/app-kit/api';
import { type MoneyValue, useFormats, useTexts } from '@marquee/app-kit/text';
import { minorUnits } from '@marquee/app-kit/text/amount';
import { Button, Notice, ProblemNotice } from '@marquee/app-kit/ui';
import { type FormEvent, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';

import { TopUpWalletDocument } from '../../generated/graphql.ts';
import { PaymentOutcome, PayWithField, usePaymentRefusal, usePayWith } from '../../paying/index.ts';
import { AmountField } from '../amount-field.tsx';
import { useCityCurrency } from '../currencies.ts';
import styles from '../money.module.css';
import { walletTexts } from './texts.ts';

interface TopUpProps {
  readonly balance: MoneyValue;
  readonly balances: readonly MoneyValue[];
  readonly onDone: () => void;
}

const INTENT = 'top-up';

/** Adds money from a card. The payment is in the address, so that it is followed after a reload and from the bank's page. */
export function TopUp({ balance, balances, onDone }: TopUpProps) {
  const t = useTexts(walletTexts);
  const { money } = useFormats();
  const refusalText = usePaymentRefusal();
  const cityCurrency = useCityCurrency();
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState('25');
  const [chosen, setCurrency] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const payWith = usePayWith({ hasWallet: false });
  const { send, isPending, refusal, problem } = useSend(TopUpWalletDocument);
  const held = balances.map(({ currency }) => currency);
  const currencies = [...new Set([...held, ...(cityCurrency ? [cityCurrency] : []), balance.currency])];
  const currency = chosen ?? (held.length > 0 ? balance.currency : (cityCurrency ?? balance.currency));
  const amount = minorUnits(text, currency) ?? 0;
  const paymentId = search.get('payment');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setWrong(amount <= 0);
    if (amount <= 0) return form.current?.querySelector('input')?.focus();
    const input = {
      amount: { amount, currency },
      with: payWith.input,
      returnUrl: location.origin + location.pathname,
    };
    const payload = await send({ input: { ...input, idempotencyKey: await intentKey(INTENT, input) } }, INTENT);
    if (!payload) return undefined;
    setSearch({ payment: payload.payment.id }, { replace: true });
    return onDone();
  };
  const isTooMuch = problem !== undefined && problemOf(problem).extensions['field'] === 'input.amount.amount';
  return (
    <section className={styles['panel']} aria-labelledby="top-up">
      <h2 id="top-up">{t('topUp')}</h2>
      {paymentId !== null && <PaymentOutcome key={paymentId} paymentId={paymentId} onEnd={onDone} />}
      <form ref={form} className={styles['form']} noValidate onSubmit={(event) => void submit(event)}>
        <AmountField {...{ text, currency, currencies, isWrong }} onText={setText} onCurrency={setCurrency} />
        <PayWithField payWith={payWith} />
        {refusal && <Notice tone="bad">{refusalText(refusal)}</Notice>}
        {isTooMuch && <Notice tone="bad">{t('tooMuch')}</Notice>}
        {problem !== undefined && !isTooMuch && <ProblemNotice error={problem} />}
        <Button type="submit" isPending={isPending} isDisabled={payWith.isLoading}>
          {amount > 0 ? t('topUpBy', { amount: money({ amount, currency }) }) : t('topUp')}
        </Button>
      </form>
    </section>
  );
}
