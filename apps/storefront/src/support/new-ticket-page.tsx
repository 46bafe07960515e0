import { useTexts } from '@marquee/app-kit/text';
import { Page } from '@marquee/app-kit/ui';

import { SignedIn } from '../session/index.ts';
import { askTexts } from './ask-texts.ts';
import { NewTicketForm } from './new-ticket-form.tsx';

export function Component() {
  const t = useTexts(askTexts);
  return (
    <Page title={t('title')} isNarrow>
      <SignedIn>
        <NewTicketForm />
      </SignedIn>
    </Page>
  );
}
