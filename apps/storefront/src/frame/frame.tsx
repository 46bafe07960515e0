import { useTexts } from '@marquee/app-kit/text';
import { Outlet, ScrollRestoration } from 'react-router';

import { Tracking } from '../tracking/index.ts';
import { Footer } from './footer.tsx';
import styles from './frame.module.css';
import { Header } from './header.tsx';
import { frameTexts } from './texts.ts';

/** The header and the footer around every page. */
export function Frame() {
  const t = useTexts(frameTexts);
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#main">
        {t('skip')}
      </a>
      <Header />
      <div className={styles['content']}>
        <Outlet />
      </div>
      <Footer />
      <Tracking />
      <ScrollRestoration />
    </div>
  );
}
