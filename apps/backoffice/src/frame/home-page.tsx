import { useLocale, useTexts } from '@marquee/app-kit/text';
import { Empty, Page } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { menu } from '../menu.ts';
import styles from './frame.module.css';
import { isSeenBy } from './menu-entry.ts';
import { frameTexts } from './texts.ts';
import { Today } from './today.tsx';
import { useWho } from './who.tsx';
import { does } from './work.ts';

export function Component() {
  const t = useTexts(frameTexts);
  const { language } = useLocale().locale;
  const { who, organisation } = useWho();
  if (!who) return null;
  const seen = menu.filter((entry) => isSeenBy(entry, who, organisation?.id));
  return (
    <Page title={t('welcome', { name: who.name })}>
      {seen.length === 0 ? (
        <Empty>
          <h2>{t('noWork')}</h2>
          <p>{t('noWorkText')}</p>
        </Empty>
      ) : (
        <nav className={styles['tiles']} aria-label={t('overview')}>
          {seen.map(({ path, text }) => (
            <Link key={path} to={path} className={styles['tile'] ?? ''}>
              {text[language]}
            </Link>
          ))}
        </nav>
      )}
      {does(who, 'CHECK_IN') && <Today />}
    </Page>
  );
}
