import { useTexts } from '@marquee/app-kit/text';
import { Card, Page } from '@marquee/app-kit/ui';

import { useMailToken } from './fragment.ts';
import { mailTexts } from './mail-texts.ts';
import { RequestResetForm } from './request-reset-form.tsx';
import { ResetPasswordForm } from './reset-password-form.tsx';

export function Component() {
  const t = useTexts(mailTexts);
  const token = useMailToken();
  return (
    <Page title={t(token === undefined ? 'resetTitle' : 'newPasswordTitle')} isNarrow>
      <Card>{token === undefined ? <RequestResetForm /> : <ResetPasswordForm key={token} token={token} />}</Card>
    </Page>
  );
}
