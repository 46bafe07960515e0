import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Page, Skeleton } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';

import { checkoutTexts } from './texts.ts';

/** A page of the sale, for whoever is signed in; others sign in first and come back. */
export function Gate({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useTexts(checkoutTexts);
  const state = useSessionState();
  const { pathname, search } = useLocation();
  if (state === 'signed-in') return children;
  return (
    <Page title={title} isNarrow>
      {state === 'restoring' ? (
        <Skeleton label={t('loading')} />
      ) : (
        <Empty>
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>{t('signIn')}</ButtonLink>
        </Empty>
      )}
    </Page>
  );
}

export interface EndedProps {
  readonly title: string;
  readonly text: string;
  readonly href: string;
  readonly action: string;
}

/** In place of a step that is over: why, and where to go on. */
export function Ended({ title, text, href, action }: EndedProps) {
  return (
    <Page title={title} isNarrow>
      <Empty>
        <p>{text}</p>
        <ButtonLink href={href}>{action}</ButtonLink>
      </Empty>
    </Page>
  );
}
