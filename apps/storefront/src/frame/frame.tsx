import { scrollKey } from '@marquee/app-kit';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { useFocusOnPage } from '@marquee/app-kit/ui';
import { lazy, Suspense } from 'react';
import { Outlet, ScrollRestoration } from 'react-router';

import { usePushOfOne } from '../messages/use-push-of-one.ts';
import { Tracking } from '../tracking/index.ts';
import { Footer } from './footer.tsx';
import styles from './frame.module.css';
import { Header } from './header.tsx';
import { frameTexts } from './texts.ts';

const HoldBar = lazy(async () => ({ default: (await import('../holds/index.ts')).HoldBar }));

/** The header and the footer around every page. */
export function Frame() {
  const t = useTexts(frameTexts);
  useFocusOnPage();
  usePushOfOne();
  const isSignedIn = useSessionState() === 'signed-in';
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#main">
        {t('skip')}
      </a>
      <Header />
      <div className={styles['content']}>
        <Outlet />
      </div>
      {isSignedIn && (
        <Suspense>
          <HoldBar />
        </Suspense>
      )}
      <Footer />
      <Tracking />
      <ScrollRestoration getKey={scrollKey} />
    </div>
  );
}
