import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Notice, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';

import styles from './cancel.module.css';
import { cancelTexts } from './texts.ts';
import type { CancellationQuote } from './use-quote.ts';

interface QuoteProps {
  readonly quote: CancellationQuote | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** The refund, and until when it is sure. */
export function Quote({ quote, isLoading, error, onRetry }: QuoteProps) {
  const t = useTexts(cancelTexts);
  const { money, time, percent } = useFormats();
  if (isLoading) return <Skeleton label={t('loading')} />;
  if (error !== undefined) return <ProblemNotice error={error} onRetry={onRetry} />;
  if (!quote) return <Notice tone="warning">{t('closed')}</Notice>;
  return (
    <section className={styles['quote']} aria-label={t('quote')} aria-live="polite">
      <p className={styles['refund']}>
        <span>{t('refund')}</span>
        <strong>{money(quote.refund)}</strong>
      </p>
      <p className={styles['line']}>
        <span>{t('fee')}</span>
        <span>{money(quote.fee)}</span>
      </p>
      <p className={styles['note']}>
        {t('percent', { percent: percent(quote.refundPercent) })}.{' '}
        {t('validUntil', { time: time(quote.validUntil, 'moment') })}
      </p>
    </section>
  );
}
