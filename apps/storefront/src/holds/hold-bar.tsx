import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink } from '@marquee/app-kit/ui';
import { useEffect } from 'react';
import { useLocation } from 'react-router';

import { Countdown } from './countdown.tsx';
import styles from './holds.module.css';
import { holdTexts } from './texts.ts';
import { type MyHold, useMyHolds } from './use-my-holds.ts';

/** Pages that have a bar of their own at the bottom, or a countdown. */
const OF_THE_SALE = /^\/(shows|checkout|pay)\//;

/** On every page: what is held for the person and for how long, with the way to pay. */
export function HoldBar() {
  const t = useTexts(holdTexts);
  const { holds, read, release } = useMyHolds();
  const { pathname } = useLocation();
  useEffect(() => {
    const onReturn = (): void => void (document.hidden || read());
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, [read]);
  // The pages of the sale have it in their place.
  const isShown = (hold: MyHold): boolean =>
    pathname !== `/checkout/${hold.id}` && pathname !== `/shows/${hold.show.id}`;
  const shown = holds.filter(isShown);
  if (shown.length === 0) return null;
  return (
    <section className={styles['bar']} aria-label={t('bar')} data-is-still={OF_THE_SALE.test(pathname)}>
      {shown.map((hold) => (
        <div key={hold.id} className={styles['hold']}>
          <span>
            {t('held', { count: hold.seats.length, title: hold.show.title.name })}{' '}
            <Countdown until={hold.expiresAt} onEnd={read} />
          </span>
          <span className={styles['actions']}>
            <ButtonLink href={`/checkout/${hold.id}`}>{t('checkout')}</ButtonLink>
            <Button
              kind="bare"
              aria-label={t('releaseLabel', { title: hold.show.title.name })}
              onPress={() => void release(hold.id)}
            >
              {t('release')}
            </Button>
          </span>
        </div>
      ))}
    </section>
  );
}
