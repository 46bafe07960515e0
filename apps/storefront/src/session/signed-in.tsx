import { signInPath } from '@marquee/app-kit/account';
import { useSession, useSessionState } from '@marquee/app-kit/api';
import { defineTexts, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page, ProblemNotice, Skeleton } from '@marquee/app-kit/ui';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useLocation } from 'react-router';

const texts = defineTexts({
  en: { loading: 'Loading', signIn: 'Sign in', why: 'Sign in to see this page. You come back here.' },
  de: {
    loading: 'Wird geladen',
    signIn: 'Anmelden',
    why: 'Melden Sie sich an, um diese Seite zu sehen. Danach sind Sie wieder hier.',
  },
  hi: { loading: 'लोड हो रहा है', signIn: 'साइन इन करें', why: 'यह पेज देखने के लिए साइन इन करें। फिर आप यहीं लौटेंगे।' },
});

interface SignedInProps {
  /** Why one signs in; a general text by default. */
  readonly why?: string;
  readonly children: ReactNode;
}

/** Content for signed-in people. Others are led to the sign-in and come back. */
export function SignedIn({ why, children }: SignedInProps) {
  const t = useTexts(texts);
  const session = useSession();
  const state = useSessionState();
  const location = useLocation();
  const [problem, setProblem] = useState<unknown>();
  const restore = useCallback(() => {
    session.token().then(() => setProblem(undefined), setProblem);
  }, [session]);
  useEffect(() => {
    if (state === 'restoring') restore();
  }, [restore, state]);
  if (state === 'signed-in') return children;
  if (state === 'restoring')
    return problem === undefined ? (
      <Skeleton label={t('loading')} />
    ) : (
      <ProblemNotice error={problem} onRetry={restore} />
    );
  return (
    <Empty>
      <p>{why ?? t('why')}</p>
      <ButtonLink href={signInPath(location)}>{t('signIn')}</ButtonLink>
    </Empty>
  );
}

/** A page of signed-in people, which draws its own heading. */
export function SignedInPage({ title, ...props }: SignedInProps & { readonly title: string }) {
  if (useSessionState() === 'signed-in') return props.children;
  return (
    <Page title={title} isNarrow>
      <SignedIn {...props} />
    </Page>
  );
}
