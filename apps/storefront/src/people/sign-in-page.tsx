import { useQuery } from '@apollo/client/react';
import { ownPath, SignInForm, useSignIn } from '@marquee/app-kit/account';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Card, Notice, Page, Skeleton } from '@marquee/app-kit/ui';
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
  const providerProblem = back && 'problem' in back ? t(back.problem) : code === undefined ? undefined : signIn.problem;
  // A signed-in person who links a provider comes back with a code, too: it has to be sent first.
  const isFinishing = code !== undefined && providerProblem === undefined && signIn.challengeId === undefined;
  if (isSignedIn && providerProblem !== undefined)
    return (
      <Page title={t('title')} isNarrow>
        <Notice tone="bad">{providerProblem}</Notice>
        <div>
          <ButtonLink href={next}>{t('back')}</ButtonLink>
        </div>
      </Page>
    );
  if (isSignedIn && (code === undefined || (!signIn.isPending && sent.current))) return <Navigate to={next} replace />;
  return (
    <Page title={t('title')} isNarrow>
      <Card>
        {providerProblem !== undefined && <Notice tone="bad">{providerProblem}</Notice>}
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
