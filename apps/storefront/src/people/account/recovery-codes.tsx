import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Row } from '@marquee/app-kit/ui';
import { useState } from 'react';

import styles from './account.module.css';
import { securityTexts } from './security-texts.ts';

/** The codes that sign in once each, shown this one time. */
export function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const t = useTexts(securityTexts);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <section aria-label={t('recovery')} className={styles['kept']}>
      <Notice tone="warning">{t('recoveryText')}</Notice>
      <ul className={styles['codes']}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Row>
        <Button kind="quiet" onPress={() => void copy().catch(() => undefined)}>
          {t('copy')}
        </Button>
        <Button kind="quiet" onPress={() => window.print()}>
          {t('print')}
        </Button>
        <Button onPress={onKept}>{t('kept')}</Button>
        <span role="status">{isCopied ? t('copied') : ''}</span>
      </Row>
    </section>
  );
}
