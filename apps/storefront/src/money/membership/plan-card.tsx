import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button } from '@marquee/app-kit/ui';

import { moneyTexts } from '../texts.ts';
import type { Plan } from './membership.ts';
import styles from './membership.module.css';
import { membershipTexts } from './texts.ts';

interface PlanCardProps {
  readonly plan: Plan;
  readonly isCurrent: boolean;
  /** The person has another plan now. */
  readonly isChange: boolean;
  readonly onChoose: () => void;
}

/** A plan: its price and what a member gets. */
export function PlanCard({ plan, isCurrent, isChange, onChoose }: PlanCardProps) {
  const t = useTexts(membershipTexts);
  const every = useTexts(moneyTexts);
  const { money, percent } = useFormats();
  const { name, price, interval, trialDays, benefits } = plan;
  const off = benefits.bookingFeePercentOff;
  return (
    <article className={isCurrent ? `${styles['plan']} ${styles['current']}` : styles['plan']}>
      <h3>{name}</h3>
      <p className={styles['price']}>
        <strong>{money(price)}</strong> {every('every', { interval })}
      </p>
      <ul className={styles['benefits']}>
        {off > 0 && <li>{off === 100 ? t('free') : t('fee', { percent: percent(off) })}</li>}
        {benefits.freeCancellations > 0 && <li>{t('cancellations', { count: benefits.freeCancellations })}</li>}
        {trialDays > 0 && !isChange && <li>{t('trialDays', { count: trialDays })}</li>}
      </ul>
      {isCurrent ? (
        <div>
          <Badge tone="good">{t('current')}</Badge>
        </div>
      ) : (
        <Button kind="quiet" onPress={onChoose}>
          {t(isChange ? 'change' : 'choose', { plan: name })}
        </Button>
      )}
    </article>
  );
}
