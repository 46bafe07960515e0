import { useSecondsUntil } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Hidden } from '@marquee/app-kit/ui';
import { useEffect, useRef } from 'react';

import styles from './holds.module.css';
import { holdTexts } from './texts.ts';

export interface CountdownProps {
  readonly until: string;
  /** Called once when the time is over. */
  readonly onEnd?: () => void;
  /** Whether another countdown of the page says the same aloud. */
  readonly isSilent?: boolean;
}

/** Minutes and seconds until a moment by the server's clock; said aloud two minutes and 30 seconds before it. */
export function Countdown({ until, onEnd, isSilent = false }: CountdownProps) {
  const t = useTexts(holdTexts);
  const seconds = useSecondsUntil(until);
  const isOver = seconds === 0;
  const latest = useRef(onEnd);
  useEffect(() => void (latest.current = onEnd));
  useEffect(() => {
    if (isOver) latest.current?.();
  }, [isOver]);
  return (
    <>
      <span
        className={styles['countdown']}
        role="timer"
        aria-label={t('timeLeft')}
        aria-live="off"
        data-is-short={seconds <= 60}
      >
        {minutesAndSeconds(seconds)}
      </span>
      {!isSilent && (
        <span role="status">
          <Hidden>{announcement(seconds, t)}</Hidden>
        </span>
      )}
    </>
  );
}

/** Such as `6:12`. */
export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function announcement(seconds: number, t: (key: 'over' | 'twoMinutes' | 'thirtySeconds') => string): string {
  if (seconds === 0) return t('over');
  if (seconds <= 30) return t('thirtySeconds');
  return seconds <= 120 ? t('twoMinutes') : '';
}
