import { useMutation } from '@apollo/client/react';
import { runIntent } from '@marquee/app-kit/api';
import { type MoneyValue, useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, showToast, TextField, useAction } from '@marquee/app-kit/ui';

import { digitsOf, minorUnits } from '../forms/amount.ts';
import { formStyle } from '../forms/form-style.ts';
import { Fields, Group } from '../forms/grid.tsx';
import { useForm } from '../forms/use-form.ts';
import { RequestPayoutDocument } from '../generated/graphql.ts';
import { moneyTexts } from './texts.ts';

export interface RequestPayoutProps {
  readonly organisationId: string;
  readonly available: MoneyValue;
  readonly onDone: () => void;
}

/** Requests a payout of what is available, or of a part. The person confirms who they are. */
export function RequestPayout({ organisationId, available, onDone }: RequestPayoutProps) {
  const t = useTexts(moneyTexts);
  const { money } = useFormats();
  const action = useAction();
  const [request] = useMutation(RequestPayoutDocument);
  const { currency } = available;
  const digits = digitsOf(currency);
  const all = (available.amount / 10 ** digits).toFixed(digits);
  const form = useForm({ amount: all }, ({ amount }) => {
    const units = minorUnits(amount, currency) ?? 0;
    if (units <= 0) return { amount: t('badAmount', { example: all }) };
    return { amount: units > available.amount ? t('tooMuch', { available: money(available) }) : undefined };
  });
  const send = async (text: string): Promise<void> => {
    const amount = { amount: minorUnits(text, currency) ?? 0, currency };
    const input = { organisationId, amount };
    const isDone = await action.run(async () => {
      const { data } = await runIntent(`payout:${organisationId}`, input, (idempotencyKey) =>
        request({ variables: { input: { ...input, idempotencyKey } } }),
      );
      const result = data?.requestPayout;
      if (result?.__typename !== 'PayoutExceedsBalanceError') return undefined;
      onDone();
      return t('exceeds');
    });
    if (!isDone) return;
    showToast({ id: 'payout', title: t('requested', { amount: money(amount) }) });
    onDone();
  };
  return (
    <form className={formStyle} {...form.form(({ amount }) => void send(amount))} aria-label={t('request')}>
      <Group legend={t('request')}>
        <Fields>
          <TextField
            label={t('amountIn', { currency })}
            hint={t('requestHint')}
            inputMode="decimal"
            {...form.field('amount')}
          />
        </Fields>
        {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
        <div>
          <Button type="submit" isPending={action.isPending}>
            {t('requestNow')}
          </Button>
        </div>
      </Group>
    </form>
  );
}
