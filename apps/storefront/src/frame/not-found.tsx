import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page } from '@marquee/app-kit/ui';

import { frameTexts } from './texts.ts';

export function Component() {
  const t = useTexts(frameTexts);
  return (
    <Page title={t('notFound')} isNarrow>
      <Empty>
        <p>{t('notFoundText')}</p>
        <ButtonLink href="/">{t('home')}</ButtonLink>
      </Empty>
    </Page>
  );
}
