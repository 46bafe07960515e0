import { Poster } from '@marquee/app-kit/picture';
import { type MoneyValue, useFormats, useTexts } from '@marquee/app-kit/text';
import { Soft } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';

import type { SoldShowFragment } from '../generated/graphql.ts';
import { usePolicyText } from '../policy/use-policy-text.ts';
import styles from './checkout.module.css';
import { checkoutTexts } from './texts.ts';

interface OrderedSeat {
  readonly id: string;
  readonly section: string;
  readonly row: string;
  readonly number: number;
  readonly standing: boolean;
  readonly accessible: boolean;
  readonly tier: { readonly name: string; readonly allInPrice?: MoneyValue | null };
}

interface Price {
  readonly subtotal: MoneyValue;
  readonly fees: MoneyValue;
  readonly tax: MoneyValue;
  readonly discount?: MoneyValue | undefined;
  readonly total: MoneyValue;
}

export interface SummaryProps {
  readonly show: SoldShowFragment;
  readonly seats: readonly OrderedSeat[];
  readonly price: Price | null;
  readonly couponCode?: string | undefined;
  readonly children?: ReactNode;
}

/** The order: the show, the seats, and how the price is made up. */
export function Summary({ show, seats, price, couponCode, children }: SummaryProps) {
  const t = useTexts(checkoutTexts);
  const { time } = useFormats();
  const policyText = usePolicyText();
  return (
    <section className={styles['summary']} aria-label={t('order')}>
      <div className={styles['show']}>
        <div className={styles['poster']}>
          <Poster title={show.title} isDecorative />
        </div>
        <div>
          <h2>{show.title.name}</h2>
          <p>
            <time dateTime={show.startsAt}>{time(show.startsAt, 'moment', show.venue.city.timeZone)}</time>
          </p>
          <Soft>
            {show.venue.name}, {show.screen.name}
          </Soft>
        </div>
      </div>
      <SeatLines seats={seats} />
      {price && <PriceLines price={price} couponCode={couponCode} />}
      {children}
      <Soft isSmall>
        {t('policy')}: {policyText(show.cancellationPolicy.tiers)}
      </Soft>
    </section>
  );
}

/** The name of a place as it is printed on a ticket. */
export function usePlaceName(): (seat: OrderedSeat) => string {
  const t = useTexts(checkoutTexts);
  return ({ section, row, number, standing }) => (standing ? t('standing', { section }) : t('seat', { row, number }));
}

function SeatLines({ seats }: { readonly seats: readonly OrderedSeat[] }) {
  const t = useTexts(checkoutTexts);
  const { money } = useFormats();
  const nameOf = usePlaceName();
  return (
    <ul className={styles['lines']}>
      {seats.map((seat) => (
        <li key={seat.id}>
          <span>
            {nameOf(seat)}{' '}
            <Soft isSmall>
              {seat.standing ? seat.tier.name : `${seat.section} · ${seat.tier.name}`}
              {seat.accessible && ` · ${t('wheelchair')}`}
            </Soft>
          </span>
          {seat.tier.allInPrice && <span className={styles['money']}>{money(seat.tier.allInPrice)}</span>}
        </li>
      ))}
    </ul>
  );
}

function PriceLines({ price, couponCode = '' }: { readonly price: Price; readonly couponCode?: string | undefined }) {
  const t = useTexts(checkoutTexts);
  const { money } = useFormats();
  const line = (name: string, value: MoneyValue, sign = 1) => (
    <div>
      <dt>{name}</dt>
      <dd className={styles['money']}>{money({ ...value, amount: sign * value.amount })}</dd>
    </div>
  );
  return (
    <dl className={styles['price']}>
      {line(t('seats'), price.subtotal)}
      {line(t('fees'), price.fees)}
      {price.tax.amount > 0 && line(t('tax'), price.tax)}
      {price.discount !== undefined &&
        price.discount.amount > 0 &&
        line(t('discount', { code: couponCode }), price.discount, -1)}
      <div className={styles['total']}>
        <dt>{t('total')}</dt>
        <dd className={styles['money']}>{money(price.total)}</dd>
      </div>
    </dl>
  );
}
