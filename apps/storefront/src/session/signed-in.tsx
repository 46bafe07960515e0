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
  readonly title: string;
  /** Why one signs in; a general text by default. */
  readonly why?: string;
  readonly children: ReactNode;
}

/** A page of signed-in people. Others are led to the sign-in and come back. */
export function SignedIn({ title, why, children }: SignedInProps) {
  const t = useTexts(texts);
  const session = useSession();
  const state = useSessionState();
  const { pathname, search } = useLocation();
  const [problem, setProblem] = useState<unknown>();
  const restore = useCallback(() => {
    session.token().then(() => setProblem(undefined), setProblem);
  }, [session]);
  useEffect(() => {
    if (state === 'restoring') restore();
  }, [restore, state]);
  if (state === 'signed-in') return children;
  return (
    <Page title={title} isNarrow>
      {state === 'restoring' && problem !== undefined && <ProblemNotice error={problem} onRetry={restore} />}
      {state === 'restoring' ? (
        <Skeleton label={t('loading')} />
      ) : (
        <Empty>
          <p>{why ?? t('why')}</p>
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>{t('signIn')}</ButtonLink>
        </Empty>
      )}
    </Page>
  );
}
