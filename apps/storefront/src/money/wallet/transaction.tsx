import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Link } from 'react-router';

import type { MyWalletQuery } from '../../generated/graphql.ts';
import styles from '../money.module.css';
import { walletTexts } from './texts.ts';

type Wallet = NonNullable<NonNullable<MyWalletQuery['viewer']>['wallet']>;

interface TransactionProps {
  readonly transaction: Wallet['transactions']['edges'][number]['node'];
}

/** Money that came or went, and what was there afterwards. */
export function Transaction({ transaction }: TransactionProps) {
  const t = useTexts(walletTexts);
  const { money, time } = useFormats();
  const { type, amount, balanceAfter, createdAt, booking } = transaction;
  const isIn = amount.amount > 0;
  return (
    <li className={styles['line']}>
      <span>{t(type)}</span>
      <span className={isIn ? `${styles['figure']} ${styles['in']}` : styles['figure']}>
        {isIn && '+'}
        {money(amount)}
      </span>
      <span className={styles['note']}>
        {time(createdAt, 'exact')}
        {booking && (
          <>
            {' · '}
            <Link to={`/bookings/${booking.id}`}>{t('booking')}</Link>
          </>
        )}
      </span>
      <span className={styles['note']}>{t('after', { amount: money(balanceAfter) })}</span>
    </li>
  );
}
