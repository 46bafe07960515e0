import { signInPath } from '@marquee/app-kit/account';
import { useSessionState } from '@marquee/app-kit/api';
import { defineTexts, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Skeleton } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';

const texts = defineTexts({
  en: { text: 'Sign in to see this.', signIn: 'Sign in', loading: 'Loading' },
  de: {
    text: 'Melden Sie sich an, um das zu sehen.',
    signIn: 'Anmelden',
    loading: 'Wird geladen',
  },
  hi: { text: 'इसे देखने के लिए साइन इन करें।', signIn: 'साइन इन करें', loading: 'लोड हो रहा है' },
});

/** Content for signed-in people; others are led to the sign-in and come back. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const t = useTexts(texts);
  const state = useSessionState();
  const location = useLocation();
  if (state === 'restoring') return <Skeleton label={t('loading')} />;
  if (state === 'signed-in') return children;
  return (
    <Empty>
      <p>{t('text')}</p>
      <ButtonLink href={signInPath(location)}>{t('signIn')}</ButtonLink>
    </Empty>
  );
}
