import { useTexts } from '@marquee/app-kit/text';
import { Page } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { SignedInPage } from '../../session/index.ts';
import { AcceptForm } from './accept-form.tsx';
import { takeOfferToken } from './offer-token.ts';
import { acceptTexts } from './texts.ts';

/** Where the mail about an offered ticket leads. */
export function Component() {
  const t = useTexts(acceptTexts);
  const [token] = useState(takeOfferToken);
  return (
    <SignedInPage title={t('title')} why={t('why')}>
      <Page title={t('title')} isNarrow>
        <AcceptForm offered={token} />
      </Page>
    </SignedInPage>
  );
}
