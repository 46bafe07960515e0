import { ownPath } from '@marquee/app-kit/account';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Card, Page } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';

import { registerTexts } from './register-texts.ts';
import { RegisterForm } from './register-form.tsx';
import { VerificationSent } from './verification-sent.tsx';

export function Component() {
  const t = useTexts(registerTexts);
  const [search] = useSearchParams();
  const state = useSessionState();
  // Who registers here is signed in by it, and stays to read what comes next.
  const [isNew] = useState(state === 'anonymous');
  const [email, setEmail] = useState<string>();
  const next = ownPath(search.get('next'));
  if (state === 'signed-in' && !isNew) return <Navigate to={next} replace />;
  return (
    <Page title={t(email === undefined ? 'title' : 'welcome')} isNarrow>
      <Card>
        {email === undefined ? (
          <RegisterForm onRegistered={setEmail} />
        ) : (
          <VerificationSent email={email} next={next} />
        )}
      </Card>
      {email === undefined && (
        <p>
          {t('hasAccount')} <Link to={`/sign-in?${new URLSearchParams({ next }).toString()}`}>{t('signIn')}</Link>
        </p>
      )}
    </Page>
  );
}
