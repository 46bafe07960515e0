import { useTexts } from '@marquee/app-kit/text';
import { Soft } from '@marquee/app-kit/ui';

import type { SavedCard } from './means.ts';
import styles from './paying.module.css';
import { payingTexts } from './texts.ts';

/** A saved card by its brand and last digits, and until when it is valid. */
export function CardName({ card }: { readonly card: Omit<SavedCard, 'default'> }) {
  const t = useTexts(payingTexts);
  const name = useCardName()(card);
  const month = String(card.expiryMonth).padStart(2, '0');
  return (
    <span className={styles['means']}>
      <span>{name}</span>{' '}
      <Soft isSmall>{t(card.expired ? 'hasExpired' : 'expires', { month, year: String(card.expiryYear) })}</Soft>
    </span>
  );
}

/** Names a card, such as “Visa ending in 4242”. */
export function useCardName(): (card: Pick<SavedCard, 'brand' | 'last4'>) => string {
  const t = useTexts(payingTexts);
  return ({ brand, last4 }) => t('card', { brand: capitalised(brand), last4 });
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
