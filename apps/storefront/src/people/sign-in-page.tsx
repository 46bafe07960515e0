import { useQuery } from '@apollo/client/react';
import { ownPath, SignInForm, useSignIn } from '@marquee/app-kit/account';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, Page, Skeleton } from '@marquee/app-kit/ui';
import { useEffect, useRef } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';

import { FinishProviderSignInDocument, SignInProvidersDocument } from '../generated/graphql.ts';
import { signInDocuments } from './documents.ts';
import { useSecretFragment } from './fragment.ts';
import { providerUrl, readProviderReturn } from './providers.ts';
import { signInTexts } from './texts.ts';

export function Component() {
  const t = useTexts(signInTexts);
  const [search] = useSearchParams();
  const isSignedIn = useSessionState() === 'signed-in';
  const fragment = useSecretFragment();
  const back = useRef(readProviderReturn(fragment)).current;
  const next = ownPath(back?.next ?? search.get('next'));
  const signIn = useSignIn(() => {});
  const sent = useRef(false);
  const code = back && 'code' in back ? back.code : undefined;
  useEffect(() => {
    if (code === undefined || sent.current) return;
    sent.current = true;
    void signIn.send(FinishProviderSignInDocument, { code });
  });
  const hasProviderProblem = (back && 'error' in back) || (code !== undefined && signIn.problem !== undefined);
  // A signed-in person who links a provider comes back with a code, too: it has to be sent first.
  const isFinishing = code !== undefined && !hasProviderProblem && signIn.challengeId === undefined && !isSignedIn;
  if (isSignedIn && (code === undefined || (!signIn.isPending && sent.current && !hasProviderProblem)))
    return <Navigate to={next} replace />;
  return (
    <Page title={t('title')} isNarrow>
      <Card>
        {back && 'error' in back && <Notice tone="bad">{back.error ?? t('providerUnknown')}</Notice>}
        {code !== undefined && signIn.problem !== undefined && <Notice tone="bad">{signIn.problem}</Notice>}
        {isFinishing ? (
          <Skeleton label={t('finishing')} />
        ) : (
          <SignInForm
            documents={signInDocuments}
            onSignedIn={() => {}}
            challengeId={signIn.challengeId}
            belowPassword={<Link to="/reset-password">{t('forgot')}</Link>}
            otherWays={<Providers next={next} />}
          />
        )}
      </Card>
      <p>
        {t('noAccount')} <Link to={`/register?${new URLSearchParams({ next }).toString()}`}>{t('register')}</Link>
      </p>
    </Page>
  );
}

function Providers({ next }: { readonly next: string }) {
  const t = useTexts(signInTexts);
  const { data } = useQuery(SignInProvidersDocument);
  return (data?.signInProviders ?? []).map(({ id, name, startUrl }) => (
    <Button key={id} kind="quiet" onPress={() => location.assign(providerUrl(startUrl, next))}>
      {t('provider', { name })}
    </Button>
  ));
}
