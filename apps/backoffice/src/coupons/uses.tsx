import { useFormats, useTexts } from '@marquee/app-kit/text';

import { couponTexts } from './texts.ts';
import styles from './uses.module.css';

/** How often a coupon was used, of how often it may. */
export function Uses(coupon: { readonly redeemedCount: number; readonly redemptionLimit: number | null }) {
  const t = useTexts(couponTexts);
  const { number } = useFormats();
  const { redeemedCount: used, redemptionLimit: limit } = coupon;
  if (limit === null) return <>{number(used)}</>;
  const text = t('usesOf', { used: number(used), limit: number(limit) });
  return (
    <span className={styles['uses']}>
      {text}
      <progress className={styles['bar']} value={used} max={Math.max(1, limit)} aria-label={text} />
    </span>
  );
}
