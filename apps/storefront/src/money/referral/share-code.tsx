import { useTexts } from '@marquee/app-kit/text';
import { Button, Row } from '@marquee/app-kit/ui';
import { useState } from 'react';

import styles from './referral.module.css';
import { referralTexts } from './texts.ts';

interface ShareCodeProps {
  readonly code: string;
  readonly url: string;
}

/** The person's code and link, to copy or to hand to another app. */
export function ShareCode({ code, url }: ShareCodeProps) {
  const t = useTexts(referralTexts);
  const [news, setNews] = useState('');
  const copy = (text: string): void => {
    setNews('');
    navigator.clipboard.writeText(text).then(
      () => setNews(t('copied')),
      () => setNews(t('notCopied')),
    );
  };
  const share = { title: 'Marquee', text: t('shareText', { code }), url };
  const canShare = 'share' in navigator && navigator.canShare?.(share);
  return (
    <section className={styles['stub']}>
      <div>
        <span>{t('code')}</span>
        <strong className={styles['code']}>{code}</strong>
      </div>
      <div>
        <span>{t('link')}</span>
        <span className={styles['link']}>{url}</span>
      </div>
      <Row>
        {canShare && <Button onPress={() => void navigator.share(share).catch(() => undefined)}>{t('share')}</Button>}
        <Button kind={canShare ? 'quiet' : 'main'} onPress={() => copy(url)}>
          {t('copyLink')}
        </Button>
        <Button kind="quiet" onPress={() => copy(code)}>
          {t('copyCode')}
        </Button>
        <span role="status">{news}</span>
      </Row>
    </section>
  );
}
