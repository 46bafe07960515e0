import { useQuery } from '@apollo/client/react';
import { endIntent } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Empty, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { useSearchParams } from 'react-router';

import { MyRecurringPaymentsDocument } from '../../generated/graphql.ts';
import { PaymentOutcome } from '../../paying/index.ts';
import { MoneyPage } from '../money-page.tsx';
import styles from '../money.module.css';
import { NewRecurring, RECURRING_INTENT } from './new-recurring.tsx';
import { RecurringItem } from './recurring-item.tsx';
import { recurringTexts } from './texts.ts';

export function Component() {
  return (
    <MoneyPage name="recurring">
      <Recurring />
    </MoneyPage>
  );
}

function Recurring() {
  const t = useTexts(recurringTexts);
  const { data, error, loading, refetch } = useQuery(MyRecurringPaymentsDocument);
  const [search] = useSearchParams();
  const paymentId = search.get('payment');
  const payments = data?.viewer?.recurringPayments;
  const again = (): void => void refetch();
  const ended = (): void => {
    endIntent(RECURRING_INTENT);
    again();
  };
  if (loading && !data) return <Skeleton label={t('loading')} />;
  return (
    <div className={styles['columns']}>
      <div className={styles['section']}>
        {error && <ProblemNotice error={error} onRetry={again} />}
        {paymentId !== null && <PaymentOutcome key={paymentId} paymentId={paymentId} onEnd={ended} />}
        {payments?.length === 0 && (
          <Empty>
            <p>{t('none')}</p>
          </Empty>
        )}
        <ul className={styles['list']}>
          {payments?.map((payment) => (
            <RecurringItem key={payment.id} payment={payment} />
          ))}
        </ul>
      </div>
      <NewRecurring onCreated={again} />
    </div>
  );
}
