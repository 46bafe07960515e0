import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { lazy, Suspense } from 'react';
import { NavLink, Outlet, ScrollRestoration } from 'react-router';

import { Preferences } from '@marquee/app-kit/ui';
import icon from '../icon.svg';
import styles from './frame.module.css';
import { frameTexts } from './texts.ts';

const Bell = lazy(async () => ({ default: (await import('../messages/bell.tsx')).Bell }));

/** The header and the footer around every page. */
export function Frame() {
  const t = useTexts(frameTexts);
  const isSignedIn = useSessionState() === 'signed-in';
  return (
    <>
      <a className={styles['skip']} href="#main">
        {t('skip')}
      </a>
      <header className={styles['header']}>
        <nav className={styles['bar']} aria-label={t('menu')}>
          <NavLink to="/" className={styles['brand'] ?? ''}>
            <img src={icon} alt="" width={30} height={30} />
            Marquee
          </NavLink>
          <div className={styles['links']}>
            <NavLink to="/bookings">{t('tickets')}</NavLink>
            <NavLink to="/help">{t('help')}</NavLink>
            {isSignedIn && (
              <Suspense>
                <Bell />
              </Suspense>
            )}
            {isSignedIn ? (
              <NavLink to="/account">{t('account')}</NavLink>
            ) : (
              <NavLink to="/sign-in">{t('signIn')}</NavLink>
            )}
          </div>
        </nav>
      </header>
      <Outlet />
      <footer className={styles['footer']}>
        <div className={`${styles['bar']} ${styles['choices']}`}>
          <Preferences />
        </div>
      </footer>
      <ScrollRestoration />
    </>
  );
}
