import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, Page, ProblemNotice } from '@marquee/app-kit/ui';
import { useEffect, useRef, useState } from 'react';

import type { CouponRejectionReason } from '../generated/graphql.ts';
import { Countdown, useMyHolds } from '../holds/index.ts';
import { track } from '../tracking/index.ts';
import type { CheckedHold } from './checked-hold.ts';
import styles from './checkout.module.css';
import { CouponField, type Quote } from './coupon-field.tsx';
import { Summary } from './summary.tsx';
import { checkoutTexts } from './texts.ts';
import { useBook } from './use-book.ts';

export interface CheckoutProps {
  readonly hold: CheckedHold;
  /** Called when the hold may be over. */
  readonly onChange: () => void;
}

/** The order with its coupon, while its seats are held. */
export function Checkout({ hold, onChange }: CheckoutProps) {
  const t = useTexts(checkoutTexts);
  const { money } = useFormats();
  const [quote, setQuote] = useState<Quote>();
  const [rejected, setRejected] = useState<CouponRejectionReason>();
  const { holds, release } = useMyHolds();
  const { book, isPending, refusal, error } = useBook(hold, {
    quote,
    onOver: onChange,
    onRejected: (reason) => {
      setQuote(undefined);
      setRejected(reason);
    },
  });
  useTrackedStart(hold.show.id);
  const total = quote?.totalAfterDiscount ?? hold.price?.total;
  const price = hold.price && total ? { ...hold.price, total, discount: quote?.discount } : null;
  const hasOthers = holds.some(({ id, show }) => id !== hold.id && show.id === hold.show.id);
  const text = total ? money(total) : '';
  return (
    <Page title={t('checkout')}>
      <div className={styles['page']}>
        <Summary show={hold.show} seats={hold.seats} price={price} couponCode={quote?.code} />
        <div className={styles['step']}>
          <p className={styles['clock']}>
            {t('timeLeft')} <Countdown until={hold.expiresAt} onEnd={() => endSoon(onChange)} />
          </p>
          {hasOthers && <Notice>{t('others')}</Notice>}
          {refusal !== undefined && <Notice tone="bad">{t(refusal)}</Notice>}
          {error !== undefined && <ProblemNotice error={error} onRetry={book} />}
          <CouponField holdId={hold.id} quote={quote} onQuote={setQuote} rejected={rejected} />
          <Button isPending={isPending} onPress={book}>
            {t('toPay', { total: text })}
          </Button>
          <div className={styles['more']}>
            <ButtonLink kind="quiet" href={`/shows/${hold.show.id}`}>
              {t('change')}
            </ButtonLink>
            <Button kind="bare" isDisabled={isPending} onPress={() => void release(hold.id)}>
              {t('giveUp')}
            </Button>
          </div>
        </div>
      </div>
    </Page>
  );
}

/** The server ends a hold about a second after its time. */
function endSoon(onChange: () => void): void {
  for (const pause of [0, 1_500, 4_000]) setTimeout(onChange, pause);
}

function useTrackedStart(showId: string): void {
  const told = useRef(false);
  useEffect(() => {
    if (told.current) return;
    told.current = true;
    track('checkout_start', { showId });
  }, [showId]);
}
