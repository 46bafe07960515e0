import { useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Dialog, Notice, ProblemNotice, Row, type Tone } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  CancelRecurringPaymentDocument,
  type MyRecurringPaymentsQuery,
  type RecurringPaymentStatus,
} from '../../generated/graphql.ts';
import styles from '../money.module.css';
import { moneyTexts } from '../texts.ts';
import { recurringTexts } from './texts.ts';

type RecurringPayment = NonNullable<NonNullable<MyRecurringPaymentsQuery['viewer']>['recurringPayments']>[number];

const TONES: Readonly<Record<RecurringPaymentStatus, Tone>> = {
  ACTIVE: 'good',
  PAST_DUE: 'bad',
  CANCELLED: 'plain',
  EXPIRED: 'plain',
};

/** A recurring payment, which one can stop. */
export function RecurringItem({ payment }: { readonly payment: RecurringPayment }) {
  const t = useTexts(recurringTexts);
  const every = useTexts(moneyTexts);
  const { money, time } = useFormats();
  const [isAsking, setAsking] = useState(false);
  const { send, isPending, refusal, problem } = useSend(CancelRecurringPaymentDocument);
  const { id, status, purpose, amount, interval, nextChargeAt } = payment;
  const isRunning = status === 'ACTIVE' || status === 'PAST_DUE';
  const values = { amount: money(amount), every: every('every', { interval }) };
  const stop = async (): Promise<void> => {
    if (await send({ id })) setAsking(false);
  };
  return (
    <li className={styles['line']}>
      <Row>
        <strong>{t(purpose)}</strong>
        <Badge tone={TONES[status]}>{t(status)}</Badge>
      </Row>
      <span className={styles['figure']}>
        {values.amount} {values.every}
      </span>
      <span className={styles['note']}>
        {nextChargeAt && isRunning && t('next', { date: time(nextChargeAt, 'date') })}
      </span>
      {isRunning && (
        <Button kind="bare" aria-label={t('stopOf', values)} onPress={() => setAsking(true)}>
          {t('stop')}
        </Button>
      )}
      <Dialog title={t('stopTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>
          {t(purpose)}, {values.amount} {values.every}
        </p>
        <p>{t('stopText')}</p>
        {refusal && <Notice tone="bad">{t('ended')}</Notice>}
        {problem !== undefined && <ProblemNotice error={problem} />}
        <Row>
          <Button kind="danger" isPending={isPending} onPress={() => void stop()}>
            {t('stop')}
          </Button>
          <Button kind="quiet" onPress={() => setAsking(false)}>
            {t('back')}
          </Button>
        </Row>
      </Dialog>
    </li>
  );
}
