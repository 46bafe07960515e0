import { useMutation } from '@apollo/client/react';
import { endIntent, intentKey } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, Row, Stack, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { minorUnits } from '../forms/amount.ts';
import { useForm } from '../forms/use-form.ts';
import { RefundPaymentDocument } from '../generated/graphql.ts';
import { priceText } from '../schedule/prices.ts';
import { bookingsTexts } from './texts.ts';
import type { Payment } from './use-booking.ts';

export interface RefundDialogProps {
  readonly payment: Payment;
  readonly onClose: () => void;
  readonly onRefunded: () => void;
}

/** Refunds a payment or a part of it. A repeat after a lost answer is the same refund. */
export function RefundDialog({ payment, onClose, onRefunded }: RefundDialogProps) {
  const t = useTexts(bookingsTexts);
  const formats = useFormats();
  const { currency } = payment.amount;
  const left = { amount: payment.amount.amount - payment.refunded.amount, currency };
  const [refund] = useMutation(RefundPaymentDocument);
  const [done, setDone] = useState<string>();
  const action = useAction();
  const { field, form } = useForm({ amount: priceText(left), reason: '' }, ({ amount, reason }) => {
    const minor = minorUnits(amount, currency);
    const isWithin = minor !== undefined && minor > 0 && minor <= left.amount;
    return {
      ...(!isWithin && { amount: t('needAmount', { amount: formats.money(left) }) }),
      ...(reason.trim() === '' && { reason: t('needReason') }),
    };
  });
  const send = ({ amount, reason }: { readonly amount: string; readonly reason: string }): void => {
    const intent = `refund:${payment.id}`;
    const money = { amount: minorUnits(amount, currency) ?? 0, currency };
    const input = { paymentId: payment.id, amount: money, reason: reason.trim() };
    void action.run(async () => {
      const { data } = await refund({
        variables: { input: { ...input, idempotencyKey: await intentKey(intent, input) } },
      });
      const result = data?.refundPayment;
      endIntent(intent);
      if (result?.__typename === 'PaymentNotRefundableError') return t('notRefundable');
      setDone(t('refundDone', { amount: formats.money(money) }));
      onRefunded();
      return undefined;
    });
  };
  return (
    <Dialog title={t('refundOf', { amount: formats.money(left) })} isOpen onClose={onClose}>
      {done === undefined ? (
        <form {...form(send)}>
          <Stack>
            <TextField
              label={t('amount', { currency })}
              inputMode="decimal"
              hint={t('amountHint', { amount: formats.money(left) })}
              {...field('amount')}
            />
            <TextField label={t('reason')} rows={3} maxLength={500} {...field('reason')} />
            {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
            <Row>
              <Button type="submit" isPending={action.isPending}>
                {t('refund')}
              </Button>
              <Button kind="quiet" onPress={onClose}>
                {t('cancel')}
              </Button>
            </Row>
          </Stack>
        </form>
      ) : (
        <Notice tone="good">{done}</Notice>
      )}
    </Dialog>
  );
}
