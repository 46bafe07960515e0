import { scrollKey } from '@marquee/app-kit';
import { signInPath } from '@marquee/app-kit/account';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ProblemNotice, Skeleton, useFocusOnPage } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link, Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router';

import icon from '../icon.svg';
import styles from './frame.module.css';
import { SideMenu } from './side-menu.tsx';
import { frameTexts } from './texts.ts';
import { useWho, WhoProvider } from './who.tsx';

const PUBLIC_PAGES = ['/sign-in'];

/** The menu beside every page; whoever is not signed in is asked to first. */
export function Frame() {
  return (
    <WhoProvider>
      <Pages />
      <ScrollRestoration getKey={scrollKey} />
    </WhoProvider>
  );
}

function Pages() {
  const state = useSessionState();
  const location = useLocation();
  if (PUBLIC_PAGES.includes(location.pathname)) return <Outlet />;
  if (state === 'anonymous') return <Navigate to={signInPath(location)} replace />;
  return <SignedIn />;
}

function SignedIn() {
  const t = useTexts(frameTexts);
  const { who, organisation, error, retry } = useWho();
  const { pathname } = useLocation();
  // On a phone the menu is open on one page, and closes with the next.
  const [openAt, setOpenAt] = useState<string>();
  const isOpen = openAt === pathname;
  useFocusOnPage();
  // Nothing that is typed for one organisation or on one page stays for another.
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#main">
        {t('skip')}
      </a>
      <header className={styles['side']} data-open={isOpen || undefined}>
        <div className={styles['top']}>
          <Link to="/" className={styles['brand'] ?? ''}>
            <img src={icon} alt="" width={28} height={28} />
            Marquee
          </Link>
          <span className={styles['toggle']}>
            <Button
              kind="quiet"
              aria-expanded={isOpen}
              aria-controls="menu"
              onPress={() => setOpenAt(isOpen ? undefined : pathname)}
            >
              {t('menu')}
            </Button>
          </span>
        </div>
        <div id="menu" className={styles['fold']}>
          {who && <SideMenu who={who} />}
        </div>
      </header>
      <div className={styles['content']}>
        {who ? (
          <Outlet key={`${organisation?.id}:${pathname}`} />
        ) : error ? (
          <ProblemNotice error={error} onRetry={retry} />
        ) : (
          <Skeleton label={t('loading')} />
        )}
      </div>
    </div>
  );
}
