import { useTexts } from '@marquee/app-kit/text';
import { Soft } from '@marquee/app-kit/ui';

import type { SavedCard } from './means.ts';
import styles from './paying.module.css';
import { payingTexts } from './texts.ts';

/** A saved card by its brand and last digits, and until when it is valid. */
export function CardName({ card }: { readonly card: Omit<SavedCard, 'default'> }) {
  const t = useTexts(payingTexts);
  const month = String(card.expiryMonth).padStart(2, '0');
  return (
    <span className={styles['means']}>
      <span>{t('card', { brand: capitalised(card.brand), last4: card.last4 })}</span>{' '}
      <Soft isSmall>{t(card.expired ? 'hasExpired' : 'expires', { month, year: String(card.expiryYear) })}</Soft>
    </span>
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
