import { useTexts } from '@marquee/app-kit/text';
import { Button, Preferences } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { useConsent } from '../tracking/index.ts';
import styles from './footer.module.css';
import { frameTexts } from './texts.ts';

/** Where else to go, the settings of this browser, and the question whether visits may be counted. */
export function Footer() {
  const t = useTexts(frameTexts);
  return (
    <footer className={styles['footer']}>
      <div className={styles['columns']}>
        <p className={styles['motto']}>{t('motto')}</p>
        <nav aria-label={t('discover')}>
          <h2>{t('discover')}</h2>
          <ul>
            <li>
              <Link to="/now-showing">{t('now')}</Link>
            </li>
            <li>
              <Link to="/search">{t('search')}</Link>
            </li>
            <li>
              <Link to="/help">{t('help')}</Link>
            </li>
            <li>
              <Link to="/support">{t('support')}</Link>
            </li>
          </ul>
        </nav>
        <nav aria-label={t('yours')}>
          <h2>{t('yours')}</h2>
          <ul>
            <li>
              <Link to="/bookings">{t('tickets')}</Link>
            </li>
            <li>
              <Link to="/wallet">{t('wallet')}</Link>
            </li>
            <li>
              <Link to="/membership">{t('membership')}</Link>
            </li>
            <li>
              <Link to="/account">{t('account')}</Link>
            </li>
          </ul>
        </nav>
        <section aria-label={t('settings')} className={styles['settings']}>
          <h2>{t('settings')}</h2>
          <Preferences />
        </section>
      </div>
      <Visits />
    </footer>
  );
}

function Visits() {
  const t = useTexts(frameTexts);
  const { consent, choose } = useConsent();
  return (
    <section aria-label={t('visitsTitle')} className={styles['visits']}>
      {consent === undefined ? (
        <>
          <p>
            <strong>{t('visitsTitle')}</strong> {t('visits')}
          </p>
          <div className={styles['answers']}>
            <Button kind="quiet" onPress={() => choose('yes')}>
              {t('visitsYes')}
            </Button>
            <Button kind="quiet" onPress={() => choose('no')}>
              {t('visitsNo')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t(consent === 'yes' ? 'visitsOn' : 'visitsOff')}</p>
          <Button kind="bare" onPress={() => choose(consent === 'yes' ? 'no' : 'yes')}>
            {t('change')}
          </Button>
        </>
      )}
    </section>
  );
}
