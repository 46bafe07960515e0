import { type MoneyValue, useFormats, useTexts } from '@marquee/app-kit/text';

import { usePolicyText } from '../../policy/use-policy-text.ts';
import type { BookingDetails, MainBooking } from '../use-booking.ts';
import styles from './booking.module.css';
import { bookingTexts } from './texts.ts';

interface PriceLinesProps {
  readonly booking: MainBooking;
  readonly details: BookingDetails;
}

/** The price of a booking, line by line, and the refunds. */
export function PriceLines({ booking, details }: PriceLinesProps) {
  const t = useTexts(bookingTexts);
  const { money } = useFormats();
  const policyText = usePolicyText();
  const { subtotal, fees, tax, discount } = details.price;
  const { total, refunded } = booking.price;
  const negative = ({ amount, currency }: MoneyValue): MoneyValue => ({ amount: -amount, currency });
  const lines = [
    { name: t('subtotal'), value: subtotal },
    { name: t('fees'), value: fees },
    { name: t('tax'), value: tax },
    { name: details.coupon ? t('coupon', { code: details.coupon.code }) : t('discount'), value: negative(discount) },
  ].filter(({ value }) => value.amount !== 0);
  return (
    <section aria-labelledby="price" className={styles['section']}>
      <h2 id="price">{t('price')}</h2>
      <dl className={styles['lines']}>
        {lines.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{money(value)}</dd>
          </div>
        ))}
        <div className={styles['total']}>
          <dt>{t('total')}</dt>
          <dd>{money(total)}</dd>
        </div>
        {refunded.amount !== 0 && (
          <div>
            <dt>{t('refunded')}</dt>
            <dd>{money(negative(refunded))}</dd>
          </div>
        )}
      </dl>
      <p className={styles['note']}>
        {t('policy')}: {policyText(details.show.cancellationPolicy.tiers)}
      </p>
    </section>
  );
}
