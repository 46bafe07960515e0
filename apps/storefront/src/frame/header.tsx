import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { lazy, Suspense, useEffect, useId, useState } from 'react';
import { NavLink, useLocation } from 'react-router';

import { CityButton } from '../city/city-button.tsx';
import icon from '../icon.svg';
import { SearchBox } from '../search/search-box.tsx';
import styles from './header.module.css';
import { MenuIcon } from './icons.tsx';
import { frameTexts } from './texts.ts';

const Bell = lazy(async () => ({ default: (await import('../messages/bell.tsx')).Bell }));

/** The marquee over every page: search, city and the main menu under a row of bulbs. */
export function Header() {
  const t = useTexts(frameTexts);
  const session = useSessionState();
  const menuId = useId();
  const { pathname, search } = useLocation();
  const next = new URLSearchParams({ next: `${pathname}${search}` });
  // The menu of a phone is open on the page on which it was opened.
  const [openAt, setOpenAt] = useState<string>();
  const isOpen = openAt === pathname;
  useEffect(() => {
    if (!isOpen) return undefined;
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setOpenAt(undefined);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOpen]);
  return (
    <header className={styles['header']}>
      <div className={styles['bar']}>
        <NavLink to="/" className={styles['brand'] ?? ''}>
          <img src={icon} alt="" width={34} height={34} />
          Marquee
        </NavLink>
        <SearchBox />
        <CityButton />
        {session === 'signed-in' && (
          <Suspense fallback={<span className={styles['bell']} />}>
            <Bell />
          </Suspense>
        )}
        {session === 'restoring' && <span className={styles['bell']} />}
        <nav className={styles['nav']} aria-label={t('menu')}>
          <button
            type="button"
            className={styles['toggle']}
            aria-label={t('openMenu')}
            aria-expanded={isOpen}
            aria-controls={menuId}
            onClick={() => setOpenAt(isOpen ? undefined : pathname)}
          >
            <MenuIcon isOpen={isOpen} />
          </button>
          <ul id={menuId} className={styles['links']} data-open={isOpen || undefined}>
            <li>
              <NavLink to="/now-showing">{t('now')}</NavLink>
            </li>
            <li>
              <NavLink to="/bookings">{t('tickets')}</NavLink>
            </li>
            <li>
              <NavLink to="/help">{t('help')}</NavLink>
            </li>
            <li>
              {session === 'anonymous' ? (
                <NavLink to={pathname === '/' || pathname === '/sign-in' ? '/sign-in' : `/sign-in?${next}`}>
                  {t('signIn')}
                </NavLink>
              ) : (
                <NavLink to="/account">{t('account')}</NavLink>
              )}
            </li>
          </ul>
        </nav>
      </div>
      <div className={styles['bulbs']} aria-hidden="true" />
    </header>
  );
}
