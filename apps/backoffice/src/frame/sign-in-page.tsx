import { ownPath, SignInForm } from '@marquee/app-kit/account';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Card, Page, Preferences, Row } from '@marquee/app-kit/ui';
import { Navigate, useSearchParams } from 'react-router';

import { signInDocuments } from './identity.ts';
import { frameTexts } from './texts.ts';

export function Component() {
  const t = useTexts(frameTexts);
  const [search] = useSearchParams();
  if (useSessionState() === 'signed-in') return <Navigate to={ownPath(search.get('next'))} replace />;
  return (
    <Page title={t('signIn')} isNarrow>
      <Card>
        <SignInForm
          documents={signInDocuments}
          onSignedIn={() => {}}
          isDemoAccount={(roles) => roles.some((role) => role !== 'CUSTOMER')}
        />
      </Card>
      <Row>
        <Preferences />
      </Row>
    </Page>
  );
}
