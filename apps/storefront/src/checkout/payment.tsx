import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Page, ProblemNotice } from '@marquee/app-kit/ui';
import { useLocation } from 'react-router';

import { Countdown } from '../holds/index.ts';
import { PaymentOutcome, PayWithField, usePaymentRefusal, usePayWith } from '../paying/index.ts';
import styles from './checkout.module.css';
import { quotedFor } from './kept.ts';
import { Summary } from './summary.tsx';
import { checkoutTexts, couponProblemTexts } from './texts.ts';
import { openPayment, type PaidBooking } from './use-booking.ts';
import { usePay } from './use-pay.ts';

export interface PaymentProps {
  readonly booking: PaidBooking;
  /** Called when the booking's status may have changed. */
  readonly onChange: () => void;
}

/** Chooses how to pay and pays, or follows the payment that is under way. */
export function Payment({ booking, onChange }: PaymentProps) {
  const t = useTexts(checkoutTexts);
  const { price, coupon, seats, show, expiresAt } = booking;
  const open = openPayment(booking);
  return (
    <Page title={t('payTitle')}>
      <div className={styles['page']}>
        <Summary show={show} seats={seats} price={price} couponCode={coupon?.code} />
        <div className={styles['step']}>
          {expiresAt !== null && (
            <p className={styles['clock']}>
              {t('payWithin')} <Countdown until={expiresAt} onEnd={() => setTimeout(onChange, 1_500)} />
            </p>
          )}
          <Changes booking={booking} />
          {open && (
            <>
              <PaymentOutcome paymentId={open.id} onEnd={onChange} />
              {open.status === 'PROCESSING' && <Notice>{t('late')}</Notice>}
            </>
          )}
          {open?.status !== 'PROCESSING' && (
            <PayForm booking={booking} hasOpen={open !== undefined} onChange={onChange} />
          )}
        </div>
      </div>
    </Page>
  );
}

/** Differences from the checkout's quote. */
function Changes({ booking: { id, price } }: Pick<PaymentProps, 'booking'>) {
  const t = useTexts(checkoutTexts);
  const { money } = useFormats();
  const problem = useTexts(couponProblemTexts);
  const hasFailed = (useLocation().state as { readonly hasFailed?: boolean } | null)?.hasFailed;
  const quoted = quotedFor(id);
  const couponProblem = quoted?.couponProblem;
  const isOther = quoted !== undefined && quoted.total.amount !== price.total.amount;
  return (
    <>
      {hasFailed && <Notice tone="bad">{t('failed')}</Notice>}
      {couponProblem && <Notice tone="warning">{problem(couponProblem)}</Notice>}
      {isOther && !couponProblem && (
        <Notice tone="warning">{t('priceChanged', { before: money(quoted.total), now: money(price.total) })}</Notice>
      )}
    </>
  );
}

function PayForm({ booking, hasOpen, onChange }: PaymentProps & { readonly hasOpen: boolean }) {
  const t = useTexts(checkoutTexts);
  const { money } = useFormats();
  const { total } = booking.price;
  const payWith = usePayWith({ amount: total });
  const refusalText = usePaymentRefusal();
  const { pay, isPending, refusal, error } = usePay(booking.id, payWith.input, onChange);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        pay();
      }}
    >
      <PayWithField payWith={payWith} />
      {refusal && (
        <Notice tone="bad">
          {refusal.__typename === 'BookingNotPayableError' ? t('BookingNotPayableError') : refusalText(refusal)}
        </Notice>
      )}
      {error !== undefined && <ProblemNotice error={error} onRetry={pay} />}
      <Button type="submit" kind={hasOpen ? 'quiet' : 'main'} isPending={isPending} isDisabled={payWith.isLoading}>
        {hasOpen ? t('payAgain') : t('pay', { total: money(total) })}
      </Button>
    </form>
  );
}
