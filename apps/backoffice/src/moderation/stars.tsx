import { useTexts } from '@marquee/app-kit/text';

import styles from './moderation.module.css';
import { moderationTexts } from './texts.ts';

export function Stars({ stars }: { readonly stars: number }) {
  const t = useTexts(moderationTexts);
  return (
    <span role="img" aria-label={t('stars', { stars })} className={styles['stars']}>
      {'★'.repeat(stars)}
      {'☆'.repeat(5 - stars)}
    </span>
  );
}
