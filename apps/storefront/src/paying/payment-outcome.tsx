import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, ProblemNotice, Row, Skeleton } from '@marquee/app-kit/ui';

import { payingTexts } from './texts.ts';
import { type FollowedPayment, usePayment } from './use-payment.ts';

interface PaymentOutcomeProps {
  readonly paymentId: string;
  /** Called once, when the payment has ended. */
  readonly onEnd?: (payment: FollowedPayment) => void;
}

/** How far a payment is; it leads to the bank's page where the person has to confirm it. */
export function PaymentOutcome({ paymentId, onEnd }: PaymentOutcomeProps) {
  const t = useTexts(payingTexts);
  const { money } = useFormats();
  const { payment, error, loading, refetch } = usePayment(paymentId, onEnd);
  if (error) return <ProblemNotice error={error} onRetry={refetch} />;
  if (loading) return <Skeleton label={t('follow')} />;
  if (!payment) return null;
  const amount = money(payment.amount);
  const { actionUrl } = payment;
  if (payment.status === 'REQUIRES_ACTION' && actionUrl !== null)
    return (
      <Notice tone="warning">
        <Row>
          <span>{t('actionTitle', { amount })}</span>
          <Button onPress={() => location.assign(actionUrl)}>{t('confirm')}</Button>
        </Row>
      </Notice>
    );
  if (payment.status === 'SUCCEEDED') return <Notice tone="good">{t('succeeded', { amount })}</Notice>;
  if (payment.status === 'FAILED') return <Notice tone="bad">{t('failed', { amount })}</Notice>;
  if (payment.status === 'CANCELLED') return <Notice tone="bad">{t('cancelled', { amount })}</Notice>;
  return <Notice>{t('processing', { amount })}</Notice>;
}
