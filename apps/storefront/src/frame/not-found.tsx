import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Page } from '@marquee/app-kit/ui';

import board from '../home/board.module.css';
import { frameTexts } from './texts.ts';

export function Component() {
  const t = useTexts(frameTexts);
  return (
    <Page title={t('notFound')} hasOwnHeading>
      <div className={board['board']}>
        <h1 className={board['letters']}>
          <span className={board['small']}>404</span> <span>{t('notFound')}</span>
        </h1>
        <p className={board['lead']}>{t('notFoundText')}</p>
        <div>
          <ButtonLink href="/">{t('home')}</ButtonLink>
        </div>
      </div>
    </Page>
  );
}
